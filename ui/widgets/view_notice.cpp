// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/view_notice.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace ocellus {

ViewNotice::ViewNotice(QAbstractItemView* view)
    : QWidget(view),
      m_view(view),
      m_text(new QLabel(this)),
      m_wayOut(new QPushButton(this)),
      m_parts(new QBoxLayout(QBoxLayout::TopToBottom))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setAccessibleName(tr("Why nothing is listed"));
    connect(m_wayOut, &QPushButton::clicked, this, &ViewNotice::wayOutRequested);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addStretch();
    layout->addLayout(m_parts);
    layout->addStretch();
    m_parts->setSpacing(8);
    m_parts->addWidget(m_text, 1);
    m_parts->addWidget(m_wayOut, 0, Qt::AlignCenter);
    view->viewport()->installEventFilter(this);
    hide();
}

void ViewNotice::setNotice(const QString& text, const QString& wayOut)
{
    m_text->setText(text);
    m_text->setAccessibleDescription(text);
    m_wayOut->setText(wayOut);
    m_wayOut->setVisible(!wayOut.isEmpty());
    cover();
    setVisible(!text.isEmpty());
    raise();
}

QString ViewNotice::text() const
{
    return m_text->text();
}

bool ViewNotice::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        cover();
    return QWidget::eventFilter(watched, event);
}

void ViewNotice::cover()
{
    const QRect room = m_view->viewport()->geometry();
    m_parts->setDirection(room.width() > 3 * room.height() ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    setGeometry(room);
}

} // namespace ocellus
