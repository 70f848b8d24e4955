// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/progress.h"

#include <utility>

#include "core/base/error.h"

namespace ocellus {

Progress::Progress(std::stop_token stop, Report report) : m_stop(std::move(stop)), m_report(std::move(report)) {}

void Progress::at(Stage stage, double fraction) const
{
    if (m_report)
        m_report(stage, fraction);
    throwIfStopped();
}

void Progress::throwIfStopped() const
{
    if (m_stop.stop_requested())
        throw Error(ErrorCode::Cancelled, {}, "stopped");
}

} // namespace ocellus
