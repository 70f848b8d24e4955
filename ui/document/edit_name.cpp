// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/edit_name.h"

#include <algorithm>

#include <QCoreApplication>
#include <QTextBoundaryFinder>

#include "core/edit/edit.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

constexpr int MostShown = 60;

} // namespace

QString shownName(const std::string& name)
{
    const QString line = QString::fromStdString(name).simplified();
    return line.size() > MostShown ? line.left(MostShown - 1) + QChar(0x2026) : line;
}

std::string keptName(const QString& typed)
{
    constexpr auto most = static_cast<qsizetype>(maxNameBytes);
    const QString name = typed.trimmed();
    if (name.size() <= most && name.toUtf8().size() <= most)
        return name.toStdString();
    QTextBoundaryFinder letters(QTextBoundaryFinder::Grapheme, name.left(most));
    letters.toEnd();
    qsizetype length = letters.position();
    while (length > 0 && name.left(length).toUtf8().size() > most)
        length = letters.toPreviousBoundary();
    return name.left(std::max<qsizetype>(length, 0)).toStdString();
}

QString regionText(const Mask& mask)
{
    if (mask.empty())
        return QCoreApplication::translate("ocellus::PictureEditor", "Nothing is selected");
    const auto alpha = mask.alpha();
    const auto pixels = alpha.size() - static_cast<std::size_t>(std::ranges::count(alpha, 0));
    const double share = 100.0 * static_cast<double>(pixels) / static_cast<double>(wholeBox(mask.pictureSize()).area());
    return QCoreApplication::translate("ocellus::PictureEditor", "%1 pixels, %2 % of the picture")
        .arg(countText(static_cast<long long>(pixels)), share < 0.1 ? QStringLiteral("< 0.1") : fixedText(share, 1));
}

} // namespace ocellus
