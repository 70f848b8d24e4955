// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/edit/mask.h"
#include "core/edit/operation.h"

namespace ocellus {

/// A mask that was drawn for each picture: NAME.mask.png or else NAME.png as readMask() takes it, in the folder's
/// sub-folder that the picture has below its own one.
struct MaskFileRegion {
    std::filesystem::path folder;  ///< empty: beside the picture
    std::optional<int> label = {}; ///< of masks with several values: the one that is meant, 0 to 65,535
};

/// A mask that was kept under a name: each picture's own, else one for all pictures of its size.
struct NamedMaskRegion {
    std::string name;
    Mask mask;
};

/// What a class's query looks at: the cells that hold a share of its attention.
struct AttentionRegion {
    enum class Of {
        Predicted, ///< the class that the model names
        True,      ///< the one whose folder the picture lies in
        Given
    };
    Of of = Of::Predicted;
    int classIndex = 0;  ///< for Given
    int layer = 0;       ///< from 1; 0: the last
    int head = 0;        ///< from 1; 0: the mean
    double share = 0.25; ///< of the map's sum, above 0 and at most 1
};

/// Discs around parts of the animal.
struct PartRegion {
    enum class Unit {
        LongerSide, ///< radius 0.05: a twentieth of the picture's longer side
        Pixels
    };
    std::filesystem::path csv; ///< as readPartPoints takes it
    std::vector<std::string> parts;
    double radius = 0.05; ///< above 0, at most 1 longer side or 10,000 pixels
    Unit unit = Unit::LongerSide;
};

using Region = std::variant<MaskFileRegion, AttentionRegion, PartRegion, NamedMaskRegion>;

/// What is to be done to each picture of a folder, and where.
struct EditRecipe {
    Region region;
    double grow = 0;    ///< pixels added around the region, below 0 taken away; -1,000 to 1,000
    double feather = 0; ///< deviation of a soft edge in pixels, 0 to 1,000
    Operation operation;
};

/// Throws Error(BadArgument) for values out of range, no part or one named twice, and an operation without a mask.
void requireValid(const EditRecipe& recipe);

/// {"region": {"kind": "masks", "folder", and "label" where there is one}, {"kind": "attention", "of": "predicted",
/// "true" or "given", "class", "layer", "head", "share"}, {"kind": "parts", "file", "parts": [names], "radius", "unit":
/// "longer-side" or "pixels"} or {"kind": "mask", "name", "mask": as core/edit/edit_json.h has it}, "grow", "feather",
/// "operation": as core/edit/edit_json.h has it}
nlohmann::json jsonOf(const EditRecipe& recipe);

/// Reads what jsonOf() writes; `source` is what errors call it. All keys must be there and no others.
/// Throws Error: Damaged, BadArgument (as requireValid), TooLarge.
EditRecipe recipeOf(const nlohmann::json& value, const std::string& source);

/// The same from a file; relative paths in it are taken from the file's folder.
/// Throws Error: NotFound, Unreadable, TooLarge, Damaged, BadArgument.
EditRecipe readRecipe(const std::filesystem::path& path);

/// An operation by its kind ("mean-fill") and parameters ("of=mask"); those that are not given have their defaults.
/// A value is what the JSON form has; text needs no quotation marks.
/// Throws Error(BadArgument) for what no operation of that kind has.
Operation operationOf(std::string_view kind, std::span<const std::string> parameters);

/// One line for people: "mean-fill of the picture, parts beak and crown, radius 0.05 of the longer side".
std::string describe(const EditRecipe& recipe);

} // namespace ocellus
