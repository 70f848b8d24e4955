// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "app/cli/picture_measure.h"
#include "app/cli/placed_points.h"
#include "core/analysis/pointing.h"
#include "core/base/progress.h"
#include "core/data/class_table.h"
#include "core/data/labelled_pictures.h"
#include "core/engine/engine.h"
#include "core/image/decode.h"

namespace ocellus {

/// Counts over many pictures whether maps peak on what they should.
class PointingMeasure : public PictureMeasure {
public:
    virtual std::vector<PointingRow> rows() const = 0;
};

/// Peaks of every head at visible parts. The points outlive the measure.
std::unique_ptr<PointingMeasure> partMeasure(const PlacedPoints& points, const ModelDescription& model,
                                             std::uint64_t seed);

/// Where the masks of marks lie and which classes make a ring.
struct MarkSources {
    std::filesystem::path masks; ///< CLASS/NAME.png for the picture CLASS/NAME.*
    std::optional<int> label;    ///< of masks with several values: the one that is meant
    std::filesystem::path rings; ///< as readRings takes them
};

/// Peaks of the best heads on marks, limited to the ring of the true class and not. Pictures without a mask are not
/// counted. The engine has a model and outlives the measure. Throws what readRings throws, and Error: NotFound (no
/// mask of any picture, or empty ones only), Mismatch (a class without a ring), Cancelled and what readMask throws.
std::unique_ptr<PointingMeasure> markMeasure(const MarkSources& sources, const ClassTable& table,
                                             const std::vector<LabelledPicture>& pictures, const DecodeOptions& decode,
                                             Engine& engine, std::uint64_t seed, std::vector<std::string>& notes,
                                             const Progress& progress);

} // namespace ocellus
