// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/class_text.h"

#include "ui/figures/class_links.h"

namespace ocellus {

ClassText::ClassText(QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::RichText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(this, &QLabel::linkActivated, this, [this](const QString& link) { emit classChosen(link.toInt()); });
}

void ClassText::setMarkedText(const QString& marked)
{
    m_plain = withoutMarks(marked);
    setText(withClassLinks(marked));
    setAccessibleName(m_plain);
}

} // namespace ocellus
