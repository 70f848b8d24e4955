// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/model/model_offer.h"

class QLabel;

namespace ocellus {

class DisplayPanel;

/// How maps are drawn, in a window that pops up at the colour bar and leaves with Escape or a click beside it. What is
/// changed is seen at once, and stays.
class DisplayPopover : public QFrame {
    Q_OBJECT

public:
    explicit DisplayPopover(QWidget* parent = nullptr);

    void setOffer(const ModelOffer& offer); ///< of the open model: what its maps count in, and the panel's
    DisplayPanel* panel() const { return m_panel; }
    /// Below the anchor, or above it where there is no room; within its screen.
    void popUpAt(const QWidget& anchor);

private:
    void tellUnit(MapKind kind);

    QLabel* m_unit;
    DisplayPanel* m_panel;
};

} // namespace ocellus
