// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/progress.h"
#include "core/dataset/fingerprint.h"

namespace ocellus {

/// Two pictures that are nearly the same.
struct NearDuplicate {
    int first = 0; ///< lower index
    int second = 0;
    double likeness = 0; ///< alignedLikeness()
    bool mirrored = false;
};

/// From how alike on two pictures count as nearly the same; `bench_duplicates` measures both.
struct DuplicateThresholds {
    float waves = 0.80F;   ///< of waveLikeness(), to be looked at closely
    double aligned = 0.97; ///< of alignedLikeness()
};

/// Compares each with each, on several threads; nothing for pictures of one colour. What hangs together by other pairs
/// may be left out: groupsOf() is the same. Reports Stage::Read, for it belongs to the reading of pictures. Throws
/// Error(Cancelled).
std::vector<NearDuplicate> findNearDuplicates(const std::vector<Fingerprint>& fingerprints,
                                              const Progress& progress = {},
                                              const DuplicateThresholds& thresholds = {});

/// Those that hang together, as indices; by their lowest index, each ascending. `count` fingerprints were compared.
std::vector<std::vector<int>> groupsOf(const std::vector<NearDuplicate>& pairs, std::size_t count);

} // namespace ocellus
