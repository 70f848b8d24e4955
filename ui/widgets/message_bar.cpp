// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_bar.h"

#include <algorithm>

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QStyle>

#include "ui/widgets/tint.h"

namespace ocellus {

namespace {

constexpr int MostWidth = 760, Margin = 12; ///< in pixels
constexpr int TimeOfCharacter = 60;         ///< milliseconds; slow readers take half of that

Tint tintOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Info: return Tint::Info;
    case MessageBar::Kind::Warning: return Tint::Warning;
    case MessageBar::Kind::Error: break;
    }
    return Tint::Error;
}

QStyle::StandardPixmap iconOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Info: return QStyle::SP_MessageBoxInformation;
    case MessageBar::Kind::Warning: return QStyle::SP_MessageBoxWarning;
    case MessageBar::Kind::Error: break;
    }
    return QStyle::SP_MessageBoxCritical;
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_wayOut(new QToolButton(this)),
      m_close(new QToolButton(this)),
      m_time(new QTimer(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    parent->installEventFilter(this);
    m_time->setSingleShot(true);
    connect(m_time, &QTimer::timeout, this, &MessageBar::passOn);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_wayOut->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
    connect(m_close, &QToolButton::clicked, this, &MessageBar::close);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_wayOut);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString& text, QAction* wayOut)
{
    m_kind = kind;
    m_text->setText(text);
    const QList<QAction*> before = m_wayOut->actions();
    for (QAction* action : before)
        m_wayOut->removeAction(action);
    if (wayOut)
        m_wayOut->setDefaultAction(wayOut);
    m_wayOut->setVisible(wayOut != nullptr);
    applyColours();
    place();
    show();
    raise();
    if (m_isPassing)
        m_time->start(readingTime(kind, text));
    setAccessibleName(text);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::withdraw(const QString& text)
{
    if (text == m_text->text())
        hide();
}

int MessageBar::readingTime(Kind kind, const QString& text)
{
    const int least = kind == Kind::Info ? 8'000 : kind == Kind::Warning ? 20'000 : 60'000;
    return least + TimeOfCharacter * static_cast<int>(text.size());
}

void MessageBar::setPassing(bool passing)
{
    m_isPassing = passing;
    m_time->stop();
}

/// Whoever was away, or is about to press its button, finds it where it was.
void MessageBar::passOn()
{
    constexpr int later = 3'000;
    const bool isInUse = underMouse() || isAncestorOf(QApplication::focusWidget());
    if (isInUse || !isActiveWindow())
        m_time->start(later);
    else
        hide();
}

/// At the lower edge, in the middle, no wider than is read easily.
void MessageBar::place()
{
    const QRect room = parentWidget()->rect().adjusted(Margin, Margin, -Margin, -Margin);
    layout()->invalidate(); // of the message before
    const int words = fontMetrics().size(0, m_text->text()).width();
    const int width = std::min({sizeHint().width() - m_text->sizeHint().width() + words, MostWidth, room.width()});
    const int wanted = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height();
    QRect area(0, 0, width, std::min(wanted, room.height()));
    area.moveCenter(room.center());
    area.moveBottom(room.bottom());
    setGeometry(area);
}

bool MessageBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    if (watched == parentWidget() && event->type() == QEvent::PaletteChange)
        applyColours();
    return QFrame::eventFilter(watched, event);
}

void MessageBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    // Our own palette is derived from the one that changes; ours comes back here, and is then as it is wanted.
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyColours();
}

void MessageBar::closeEvent(QCloseEvent* event)
{
    QFrame::closeEvent(event);
    m_time->stop();
    emit closed();
}

void MessageBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

void MessageBar::applyColours()
{
    QPalette own;
    own.setColor(QPalette::Window, tint(parentWidget()->palette(), tintOf(m_kind)));
    setPalette(own);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(style()->standardIcon(iconOf(m_kind), nullptr, this).pixmap(size));
}

} // namespace ocellus
