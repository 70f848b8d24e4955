// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include "ui/widgets/loupe_subject.h"

namespace ocellus {

/// A magnifier at the mouse while it is held: the picture's own pixels without the map, beside the same with it, and
/// the value of the cell in the middle. The wheel changes how much it enlarges.
///
/// It follows the mouse over whatever LoupeSubject lies under it, in any window, and shows what is there by now.
class Loupe : public QWidget {
    Q_OBJECT

public:
    /// Lies over `window` once it is held.
    explicit Loupe(QWidget* window);
    ~Loupe() override;

    void setHeld(bool held);
    bool isHeld() const { return m_held; }
    double power() const { return m_power; } ///< times of what it starts with at each place

    QSize sizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void lookAt(QPoint globalPosition);
    std::optional<LoupeSight> sight() const;
    void place(QPoint globalPosition);
    void paintPane(QPainter& painter, const QRect& pane, const LoupeSight& sight, bool withMap) const;
    double scaleOf(const LoupeSight& sight) const;

    QPointer<QWidget> m_subject; ///< also a LoupeSubject
    QPoint m_position;           ///< of the mouse, global
    double m_power = 1;
    bool m_held = false;
};

} // namespace ocellus
