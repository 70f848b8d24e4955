// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/pointing.h"
#include "core/base/progress.h"
#include "core/data/class_table.h"
#include "core/data/labelled_pictures.h"
#include "core/engine/engine.h"
#include "core/image/decode.h"

namespace ocellus {

/// What is at hand of a picture that was named correctly.
struct NamedPicture {
    const LabelledPicture& picture;
    Size pictureSize;
    Size inputSize;
    std::shared_ptr<const Encoding> encoding;
    std::shared_ptr<const Decoding> decoding; ///< of the full set
};

/// Counts over many pictures whether maps peak on what they should.
class PointingMeasure {
public:
    virtual ~PointingMeasure() = default;

    /// Throws Error where the picture cannot be counted.
    virtual void add(const NamedPicture& named, const Progress& progress) = 0;

    virtual std::vector<PointingRow> rows() const = 0;
};

/// Peaks of every head at visible parts. `csv` names pictures by their paths below `data` or below its parent folder.
/// `notes` gets what is not plain: how the file was read, pictures without points, points outside their pictures.
/// Throws what readPartPoints throws, and Error(Mismatch) where it has a point of none of the pictures, or points at
/// another scale than the pictures', or Cancelled.
std::unique_ptr<PointingMeasure> partMeasure(const std::filesystem::path& csv, const std::filesystem::path& data,
                                             const std::vector<LabelledPicture>& pictures,
                                             const ModelDescription& model, const DecodeOptions& decode,
                                             std::uint64_t seed, std::vector<std::string>& notes,
                                             const Progress& progress);

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
