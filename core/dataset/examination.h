// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/dataset/dataset.h"
#include "core/dataset/fingerprint.h"
#include "core/dataset/near_duplicates.h"

namespace ocellus {

/// What opening one picture told.
struct ExaminedPicture {
    std::string unreadable; ///< why it cannot be decoded, or empty; then nothing else is known
    std::string remark;     ///< what is out of the ordinary in the file, as remarkText() says it
    bool isGrey = false;    ///< no pixel has a colour
    bool isChanged = false; ///< its content is another one than the data set's file says
    Fingerprint fingerprint;
};

/// What is known of a data set's pictures after each was opened once.
struct Examination {
    std::vector<ExaminedPicture> pictures; ///< as Dataset::pictures
    std::vector<NearDuplicate> nearDuplicates;
};

/// Decodes every picture on several threads, fills in its size, hash and bytes, and compares each with each. Reports
/// Stage::Read from 0 to 1. Throws Error(Cancelled).
Examination examine(Dataset& dataset, const Progress& progress = {});

} // namespace ocellus
