// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace ocellus {

class DisplayPanel;

/// How maps are drawn, in a window that pops up at the colour bar and leaves with Escape or a click beside it. What is
/// changed is seen at once, and stays.
class DisplayPopover : public QFrame {
    Q_OBJECT

public:
    explicit DisplayPopover(QWidget* parent = nullptr);

    DisplayPanel* panel() const { return m_panel; }
    /// Below the anchor, or above it where there is no room; within its screen.
    void popUpAt(const QWidget& anchor);

private:
    DisplayPanel* m_panel;
};

} // namespace ocellus
