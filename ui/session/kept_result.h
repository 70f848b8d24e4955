// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QString>

#include "ui/figures/report_writer.h"

namespace ocellus {

/// What the window keeps beside the views of pictures, a comparison, an experiment or controls: in words for a list,
/// and as a part of a report.
struct KeptResult {
    QString what;  ///< "Controls"
    QString of;    ///< the picture, or how many
    QString state; ///< whether it is whole, and of what is shown now
    /// For any thread, without what the window changes meanwhile. Throws Error where it cannot be drawn.
    std::function<ReportSection()> section;
};

} // namespace ocellus
