// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/part_points.h"
#include "core/dataset/dataset_step.h"
#include "core/edit/pixel_box.h"
#include "core/image/picture.h"

namespace ocellus {

/// One picture as its source describes it; steps never change this.
struct DatasetPicture {
    std::filesystem::path path; ///< UTF-8
    std::string className;      ///< in Unicode's normal form C, never empty
    PictureSplit split = PictureSplit::Unset;
    std::optional<PixelBox> box;      ///< the animal, in the upright picture's pixels
    std::vector<PartPoint> parts;     ///< visible ones, of Dataset::parts
    std::vector<std::string> columns; ///< what a table says besides, as Dataset::columns names it; empty: nothing
    Size size;                        ///< upright; 0 x 0: not known yet
    std::string sha256;               ///< of the file's bytes; empty: not known yet
    std::uint64_t bytes = 0;

    bool operator==(const DatasetPicture& other) const;
};

/// Pictures of known classes where they lie, and what was decided about them: nothing is moved or copied.
struct Dataset {
    std::vector<std::filesystem::path> sources; ///< folders and tables that were opened
    std::vector<std::string> columns;           ///< of tables that may tell specimens apart, as written there
    std::vector<std::string> parts;             ///< names of part points
    std::vector<DatasetPicture> pictures;       ///< steps name them by their index, so none ever leaves
    std::vector<DatasetStep> steps;             ///< the last one is undone by taking it away
};

/// Throws Error(BadArgument) where a step names pictures that are not there or a class that cannot be, or says nothing.
void requireSound(const Dataset& dataset, const DatasetStep& step);
/// Appends the step. Throws what requireSound() throws, the same for a class that the set has not, and TooLarge.
void addStep(Dataset& dataset, DatasetStep step);
/// Takes the last step away and gives it, to be done again by addStep(); nothing where there is none.
std::optional<DatasetStep> undoStep(Dataset& dataset);

/// "train", "val", "test" or "".
std::string_view toString(PictureSplit split);
/// Of the words in use: train, training, val, valid, validation, dev, test, testing, in any case; nothing for others.
std::optional<PictureSplit> splitFromWord(std::string_view word);

/// What a data set's file may hold at most; larger sets are refused when they are opened.
inline constexpr std::size_t mostDatasetPictures = 1'000'000;
inline constexpr std::size_t mostDatasetSteps = 10'000;
inline constexpr std::size_t mostDatasetColumns = 64;
inline constexpr std::size_t mostDatasetParts = 1'000;
inline constexpr std::size_t mostClassNameBytes = 1'000;

} // namespace ocellus
