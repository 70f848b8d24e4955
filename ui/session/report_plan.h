// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/session/session.h"
#include "ui/session/kept_result.h"

namespace ocellus {

/// One picture of a report under one query set.
struct ReportItem {
    enum class State {
        Shown,       ///< its numbers were shown for these edits
        EditedSince, ///< it was looked at so before its edits became what they are
        NotShown     ///< it is edited, and nobody has looked at it
    };

    std::filesystem::path picture;
    EditList edits;
    QuerySet set;
    std::optional<int> classIndex; ///< whose maps were shown; none: what the picture is predicted as
    std::optional<int> layer;      ///< from 0; none: the one that is shown
    State state = State::Shown;

    bool isEdited() const; ///< an edit that is turned off changes nothing
};

struct ReportPlan {
    std::vector<ReportItem> items; ///< in the order of the session's pictures
    std::size_t leftOut = 0;       ///< how many more there would have been
    std::vector<KeptResult> kept;  ///< what the window has beside the session's pictures
};

/// The pictures that are edited, and those whose numbers were shown, once for each query set under which they were;
/// `earlier` are those that were shown before the edits became what they are, see ResultLog::earlier(). Of more than
/// `most` the edited ones come first.
ReportPlan planReport(const Session& session, const std::vector<StoredResult>& earlier = {}, std::size_t most = 100);

} // namespace ocellus
