// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ocellus {

/// The same individual drawn twice: as its own species and with the marks of another one of its ring.
struct SamplePair {
    std::string species;
    std::string partner;
    std::filesystem::path original;
    std::filesystem::path redrawn;
    std::filesystem::path mask; ///< white where the two differ
};

/// What ships with the program for a first look: a trained model and pictures of which it is known what tells them
/// apart.
struct Sample {
    std::filesystem::path model;
    std::filesystem::path pictures;
    std::filesystem::path rings;   ///< as readRings takes them
    std::vector<SamplePair> pairs; ///< by species
};

/// Looks for `butterflies.safetensors`, `pictures/`, `rings.csv` and `pairs/SPECIES.jpg`, `SPECIES.as.PARTNER.jpg` and
/// `SPECIES.mask.png` in the folder; opens none of them. Throws Error(NotFound) naming the first that is missing.
Sample findSample(const std::filesystem::path& folder);

} // namespace ocellus
