// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/session/session.h"

namespace ocellus {

/// One picture of a report under one query set.
struct ReportItem {
    std::filesystem::path picture;
    EditList edits;
    QuerySet set;
    std::optional<int> classIndex; ///< whose maps were shown; none: what the picture is predicted as
    std::optional<int> layer;      ///< from 0; none: the one that is shown

    bool isEdited() const; ///< an edit that is turned off changes nothing
};

struct ReportPlan {
    std::vector<ReportItem> items; ///< in the order of the session's pictures
    std::size_t leftOut = 0;       ///< how many more there would have been
};

/// The pictures that are edited, and those whose numbers were shown, once for each query set under which they were. Of
/// more than `most` the edited ones come first.
ReportPlan planReport(const Session& session, std::size_t most = 100);

} // namespace ocellus
