// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shown_view.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QStringList>

#include "ui/figures/source_view.h"

namespace ocellus {

QString proposedFileName(const Explanation& explanation, const ShownView& view)
{
    if (view.patches)
        return view.patches->fileName();
    QString picture = explanation.pictureName; // with folders where others have the same name
    picture.replace('/', '-');
    QStringList parts{QFileInfo(picture).completeBaseName(), QStringLiteral("class%1").arg(explanation.classIndex)};
    if (explanation.source)
        parts += explanation.source->id;
    else if (explanation.mapKind == MapKind::Head)
        parts += QStringLiteral("layer%1").arg(explanation.layer + 1);
    static const QRegularExpression noWord(QStringLiteral("\\W+"), QRegularExpression::UseUnicodePropertiesOption);
    if (!view.name.isEmpty())
        parts += view.name.toLower().replace(noWord, QStringLiteral("-"));
    return parts.join('-');
}

} // namespace ocellus
