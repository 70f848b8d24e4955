// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace ocellus {

/// Leaves a turn of the wheel over a control that has no focus to what scrolls or zooms behind it, in all windows of
/// the program: whoever scrolls a panel must not change the settings that pass under the mouse.
class WheelGuard : public QObject {
public:
    explicit WheelGuard(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace ocellus
