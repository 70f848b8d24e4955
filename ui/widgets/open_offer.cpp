// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/open_offer.h"

#include <QAction>
#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace ocellus {

OpenOffer::OpenOffer(Qt::Orientation orientation, QWidget* parent)
    : QWidget(parent),
      m_words(new QLabel(this)),
      m_buttons(new QHBoxLayout),
      m_isUpright(orientation == Qt::Vertical)
{
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(m_isUpright);
    if (m_isUpright)
        m_words->setAlignment(Qt::AlignCenter);
    auto* layout = new QBoxLayout(m_isUpright ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight, this);
    if (!m_isUpright)
        layout->setContentsMargins({});
    layout->addWidget(m_words, m_isUpright ? 1 : 0);
    layout->addLayout(m_buttons, m_isUpright ? 0 : 1);
    hide();
}

void OpenOffer::setOffer(const QString& words, const std::vector<Choice>& choices)
{
    setVisible(!words.isEmpty());
    m_words->setText(words);
    setAccessibleName(words);
    if (choices == m_choices)
        return; // a button may have the focus
    m_choices = choices;
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater(); // its click can be what led here
        delete item;
    }
    if (m_isUpright)
        m_buttons->addStretch(1);
    for (const Choice& choice : choices) {
        auto* button = new QPushButton(choice.text, this);
        button->setToolTip(choice.action->shortcut().toString(QKeySequence::NativeText));
        connect(button, &QPushButton::clicked, choice.action, &QAction::trigger);
        m_buttons->addWidget(button);
    }
    m_buttons->addStretch(1);
}

QString OpenOffer::words() const
{
    return isHidden() ? QString() : m_words->text();
}

} // namespace ocellus
