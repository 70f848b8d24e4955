// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/time_text.h"

#include <cmath>

#include <QCoreApplication>

namespace ocellus {

namespace {

constexpr double longestInSeconds = 100, longestInMinutes = 100; ///< then the next larger unit

QString tr(const char* text)
{
    return QCoreApplication::translate("ocellus::TimeText", text);
}

} // namespace

QString timeLeftText(double seconds)
{
    if (seconds < longestInSeconds)
        return tr("%1 s left").arg(std::ceil(seconds));
    const double minutes = std::ceil(seconds / 60);
    return minutes < longestInMinutes ? tr("about %1 min left").arg(minutes)
                                      : tr("about %1 h left").arg(std::round(minutes / 60));
}

} // namespace ocellus
