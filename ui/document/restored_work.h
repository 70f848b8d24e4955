// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "core/edit/edit_history.h"
#include "core/engine/model_settings.h"
#include "core/session/session.h"
#include "ui/figures/plate_options.h"
#include "ui/models/display_choice.h"
#include "ui/models/limit_choice.h"

namespace ocellus {

/// What a document goes back to: files, edits, and what of them was shown.
struct RestoredWork {
    struct EditedPicture {
        std::filesystem::path path;
        EditHistory history;
        std::vector<StoredIntervention> byHand = {}; ///< of this work's model and the input of now
    };

    std::filesystem::path checkpoint; ///< empty: the one that is open stays
    ModelSettings given;              ///< what was said of it
    std::string modelSha256;          ///< what it was
    std::filesystem::path classTable; ///< empty: the one remembered with the checkpoint
    std::vector<EditedPicture> pictures;
    int picture = -1;    ///< of these; -1: none
    int classIndex = -1; ///< -1: the most probable
    int head = 0;
    LimitChoice limit;
    DisplayChoice display;
    std::optional<PlateOptions> figure;
};

} // namespace ocellus
