// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/state_chips.h"

#include <algorithm>

#include <QEvent>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

#include "ui/widgets/tint.h"

namespace ocellus {

namespace {

constexpr int Gap = 6;
constexpr int Padding = 7;

} // namespace

/// One of them: its text, elided, and its button.
class StateChips::Chip : public QWidget {
public:
    explicit Chip(StateChips* strip) : QWidget(strip), m_close(new QToolButton(this))
    {
        m_close->setAutoRaise(true);
        m_close->setFocusPolicy(Qt::StrongFocus);
        m_close->setText(QStringLiteral("\u00d7"));
        connect(m_close, &QToolButton::clicked, strip, [this, strip] { emit strip->removed(m_chip.id); });
    }

    void setChip(const StateChip& chip)
    {
        m_chip = chip;
        QString told = chip.toolTip;
        if (chip.isLeaving)
            told +=
                QLatin1Char('\n') + StateChips::tr("Switched off: what is shown has it until the model has answered");
        setToolTip(told);
        setAccessibleName(chip.text);
        setAccessibleDescription(told);
        m_close->setVisible(chip.isRemovable);
        m_close->setEnabled(!chip.isLeaving);
        m_close->setAccessibleName(StateChips::tr("Switch off: %1").arg(chip.text));
        m_close->setToolTip(m_close->accessibleName());
        update();
    }

    const QString& id() const { return m_chip.id; }
    QToolButton* button() const { return m_close; }
    /// A pixel more than the text: what is rounded down would lose letters.
    int wantedWidth() const { return fontMetrics().horizontalAdvance(m_chip.text) + 1 + around(); }
    int leastWidth() const { return std::min(wantedWidth(), 4 * fontMetrics().averageCharWidth() + around()); }

protected:
    void resizeEvent(QResizeEvent*) override
    {
        const int side = height();
        m_close->setGeometry(width() - side, 0, side, side);
    }

    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(palette().color(QPalette::Mid));
        painter.setBrush(m_chip.isLeaving ? palette().color(QPalette::Window)
                                          : tint(palette(), m_chip.isWarning ? Tint::Warning : Tint::Info));
        const double radius = height() / 2.0 - 1;
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        QFont font = painter.font();
        font.setStrikeOut(m_chip.isLeaving);
        painter.setFont(font);
        painter.setPen(palette().color(m_chip.isLeaving ? QPalette::Disabled : QPalette::Active, QPalette::WindowText));
        const int room = width() - around();
        painter.drawText(QRect(Padding, 0, room, height()), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(m_chip.text, Qt::ElideMiddle, room));
    }

private:
    int around() const { return Padding + (m_chip.isRemovable ? std::max(height(), fontMetrics().height()) : Padding); }

    StateChip m_chip;
    QToolButton* m_close;
};

StateChips::StateChips(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("What changes the numbers and maps"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void StateChips::setChips(const QList<StateChip>& chips)
{
    if (chips == m_chips)
        return;
    qsizetype focused = -1;
    QList<Chip*> before = m_widgets;
    for (qsizetype i = 0; i < before.size(); ++i)
        if (before[i]->button()->hasFocus())
            focused = i;
    const Chip* holder = focused >= 0 ? before[focused] : nullptr;
    m_chips = chips;
    m_widgets.clear();
    for (const StateChip& chip : chips) {
        const auto same = std::ranges::find(before, chip.id, &Chip::id);
        Chip* widget = same == before.end() ? new Chip(this) : *same;
        if (same != before.end())
            before.erase(same);
        widget->setChip(chip);
        m_widgets << widget;
    }
    const bool isGone = std::ranges::find(before, holder) != before.end();
    for (qsizetype i = 1; i < m_widgets.size(); ++i)
        setTabOrder(m_widgets[i - 1]->button(), m_widgets[i]->button());
    arrange();
    if (isGone && !m_widgets.isEmpty())
        m_widgets[std::min(focused, m_widgets.size() - 1)]->button()->setFocus();
    for (Chip* chip : before) {
        chip->hide();
        chip->deleteLater(); // its button may be telling of its click
    }
}

const StateChip* StateChips::chipAt(QPoint position) const
{
    for (qsizetype i = 0; i < m_widgets.size(); ++i)
        if (m_widgets[i]->geometry().contains(position))
            return &m_chips[i];
    return nullptr;
}

int StateChips::chipHeight() const
{
    return fontMetrics().height() + 4;
}

QSize StateChips::sizeHint() const
{
    return {200, chipHeight() + 4};
}

QSize StateChips::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

/// The longest give way first, down to a few letters.
void StateChips::arrange()
{
    QList<int> widths, least;
    int total = 0;
    for (Chip* chip : m_widgets) {
        chip->resize(chip->width(), chipHeight());
        widths << chip->wantedWidth();
        least << chip->leastWidth();
        total += widths.last() + Gap;
    }
    const int room = width() + Gap;
    while (total > room) {
        qsizetype longest = -1;
        for (qsizetype i = 0; i < widths.size(); ++i)
            if (widths[i] > least[i] && (longest < 0 || widths[i] > widths[longest]))
                longest = i;
        if (longest < 0)
            break;
        --widths[longest];
        --total;
    }
    int left = 0;
    for (qsizetype i = 0; i < m_widgets.size(); ++i) {
        m_widgets[i]->setGeometry(left, (height() - chipHeight()) / 2, widths[i], chipHeight());
        m_widgets[i]->show();
        left += widths[i] + Gap;
    }
}

void StateChips::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void StateChips::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
        arrange();
    }
}

} // namespace ocellus
