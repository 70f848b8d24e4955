// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/labelled_pictures.h"
#include "core/data/part_points.h"
#include "core/dataset/dataset_listing.h"
#include "core/image/decode.h"

namespace ocellus {

/// The visible parts of a data set's pictures, in their own pixels.
struct PlacedPoints {
    std::vector<std::string> parts;                                    ///< ascending by name
    std::map<std::filesystem::path, std::vector<PartPoint>> ofPicture; ///< by its path below the data's folder

    /// None where the file has none.
    const std::vector<PartPoint>& of(const LabelledPicture& picture) const;
};

/// `csv` names pictures by their paths below `data` or below its parent folder. `notes` gets what is not plain: how the
/// file was read, pictures without points, points outside their pictures.
/// Throws what readPartPoints throws, and Error(Mismatch) where it has a point of none of the pictures, or points at
/// another scale than the pictures', or Cancelled.
PlacedPoints readPlacedPoints(const std::filesystem::path& csv, const std::filesystem::path& data,
                              const std::vector<LabelledPicture>& pictures, const DecodeOptions& decode,
                              std::vector<std::string>& notes, const Progress& progress);

/// The part points that a data set has itself, in the pixels of what it shows of its pictures; those outside that are
/// left out.
PlacedPoints pointsOfDataset(const NamedDataset& set);

} // namespace ocellus
