// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/dataset/dataset.h"

namespace ocellus {

/// What one picture is after all steps.
struct DatasetMember {
    int classIndex = -1; ///< in DatasetState::classNames; -1: excluded
    std::string className;
    PictureSplit split = PictureSplit::Unset;
    std::optional<PixelBox> box;
    std::string excluded; ///< why, or empty

    bool takesPart() const { return classIndex >= 0; }
};

/// A data set with its steps done.
struct DatasetState {
    std::vector<std::string> classNames; ///< of what takes part, in byte order: the classes of a model trained on it
    std::vector<DatasetMember> members;  ///< as Dataset::pictures
    CropToBoxes crop{.on = false};
    std::optional<SplitRecipe> drawn; ///< the last split that was drawn

    /// Pictures of a class by split: [PictureSplit::Unset] to [PictureSplit::Test].
    std::vector<std::array<std::size_t, 4>> counts() const;
    /// Pictures that take part and are in no split.
    std::size_t undivided() const;
};

DatasetState stateOf(const Dataset& dataset);

/// The part of a picture of that size that the model sees: nothing where the set is not cropped or it has no box.
std::optional<PixelBox> cropOf(const DatasetState& state, std::size_t picture, Size size);

} // namespace ocellus
