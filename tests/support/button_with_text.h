// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QString>
#include <QWidget>

namespace ocellus {

/// Below the widget, its letter left aside; null where there is none.
inline QPushButton* buttonWithText(const QWidget& widget, const QString& text)
{
    for (auto* found : widget.findChildren<QPushButton*>())
        if (found->text().remove('&') == text)
            return found;
    return nullptr;
}

} // namespace ocellus
