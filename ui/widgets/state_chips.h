// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace ocellus {

/// One state that changes numbers or maps.
struct StateChip {
    QString id; ///< for whoever switches it off; no two of a strip are the same
    QString text;
    QString toolTip;
    bool isRemovable = false;
    bool isWarning = false; ///< the numbers are not to be relied on
    bool isLeaving = false; ///< switched off already, and what is shown still has it

    bool operator==(const StateChip&) const = default;
};

/// A strip of chips, each with a button that switches it off. Its height is the same with none, so that nothing below
/// it moves; where there is little room, the texts lose their middle.
class StateChips : public QWidget {
    Q_OBJECT

public:
    explicit StateChips(QWidget* parent = nullptr);

    /// Keyboard focus stays with a chip that stays, or goes to its neighbour.
    void setChips(const QList<StateChip>& chips);
    const QList<StateChip>& chips() const { return m_chips; }
    const StateChip* chipAt(QPoint position) const; ///< null beside them

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void removed(const QString& id);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    class Chip;

    void arrange();
    int chipHeight() const;

    QList<StateChip> m_chips;
    QList<Chip*> m_widgets; ///< one a chip
};

} // namespace ocellus
