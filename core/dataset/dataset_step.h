// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/edit/pixel_box.h"

namespace ocellus {

/// What a picture is for.
enum class PictureSplit { Unset, Train, Val, Test };

/// What keeps pictures together when a split is drawn.
enum class SplitGroup {
    None,   ///< each by itself
    Stem,   ///< one specimen by the name of the file, see specimenOf()
    Folder, ///< the folder that the file lies in
    Column  ///< a column of the table
};

/// How pictures are divided. Files of one content always stay together, as do pictures that are nearly alike where
/// that is known.
struct SplitRecipe {
    double valShare = 0.2;  ///< of all pictures; 0 to 0.9
    double testShare = 0;   ///< together with valShare at most 0.9
    bool stratified = true; ///< the same share of each class
    SplitGroup group = SplitGroup::Stem;
    std::string column; ///< with SplitGroup::Column
    std::uint64_t seed = 1;

    bool operator==(const SplitRecipe&) const = default;
};

// Decisions about a data set, each a value. Pictures are indices in Dataset::pictures.

/// These do not take part.
struct ExcludePictures {
    std::vector<int> pictures;
    std::string reason; ///< for people
    bool operator==(const ExcludePictures&) const = default;
};

/// These take part again.
struct IncludePictures {
    std::vector<int> pictures;
    bool operator==(const IncludePictures&) const = default;
};

/// All classes of `from` are called `into`: one renames, several are merged, also with one that is called so already.
struct MergeClasses {
    std::vector<std::string> from;
    std::string into;
    bool operator==(const MergeClasses&) const = default;
};

/// These are of that class.
struct AssignClass {
    std::vector<int> pictures;
    std::string className;
    bool operator==(const AssignClass&) const = default;
};

/// These are for training, for validation or for a test.
struct AssignSplit {
    std::vector<int> pictures;
    PictureSplit split = PictureSplit::Train;
    bool operator==(const AssignSplit&) const = default;
};

/// A drawn split, with what was drawn: another version of the program may draw otherwise. All others are for training.
struct DrawnSplit {
    SplitRecipe recipe;
    std::vector<int> val, test;
    bool operator==(const DrawnSplit&) const = default;
};

/// Where the animals are; an empty box takes a picture's away.
struct AssignBoxes {
    std::vector<int> pictures;
    std::vector<PixelBox> boxes; ///< as many
    bool operator==(const AssignBoxes&) const = default;
};

/// Whether the model sees the animal's box alone.
struct CropToBoxes {
    bool on = true;
    double margin = 0.1; ///< of the box's longer side, on each side; 0 to 1
    bool operator==(const CropToBoxes&) const = default;
};

using DatasetStep = std::variant<ExcludePictures, IncludePictures, MergeClasses, AssignClass, AssignSplit, DrawnSplit,
                                 AssignBoxes, CropToBoxes>;

/// "Exclude 3 pictures: unreadable", for a list of steps.
std::string describe(const DatasetStep& step);

} // namespace ocellus
