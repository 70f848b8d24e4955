// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/data/image_folder.h"
#include "core/data/part_points.h"
#include "core/edit/mask.h"
#include "core/engine/decoding.h"
#include "core/experiment/edit_recipe.h"
#include "core/image/decode.h"
#include "core/image/geometry.h"

namespace ocellus {

/// A picture of a folder experiment.
struct ExperimentPicture {
    ImageFile file;
    std::string folder;           ///< name of the folder that was listed: part points may be given below its parent
    std::optional<int> trueClass; ///< the model's index, where it is known
    Mask mask = {};               ///< its own under the name of a NamedMaskRegion; none where it has none
    std::optional<PixelBox> crop = {}; ///< the part that is edited and shown to the model; the whole without one
};

/// Where to edit a picture, or why there is nothing to edit.
struct FoundRegion {
    Mask mask;           ///< empty where there is nothing
    std::string nothing; ///< "no part of the recipe is visible"; empty where there is something
};

/// Finds a recipe's region in one picture after the other.
class RegionFinder {
public:
    /// Reads the part points of a recipe that has some. Throws what readPartPoints throws, and Error(Mismatch) for
    /// parts that the file does not know.
    RegionFinder(const EditRecipe& recipe, const DecodeOptions& decode);

    /// How the recipe's files were read where that is not plain.
    const std::vector<std::string>& notes() const { return m_points.notes; }

    /// `decoding` is of the unedited picture and `geometry` places its cells.
    /// Throws Error: what readMask throws of a mask,
    /// BadArgument for a class, layer or head that the model has not, or for maps of a plain classifier.
    FoundRegion find(const ExperimentPicture& picture, const Decoding& decoding, const CellGeometry& geometry) const;

    /// What find() takes from elsewhere than the recipe, the picture's own file and `decoding`: what its mask's file
    /// holds, or its part points. Equal texts for equal regions; for nothing else. Throws Error: NotFound, Unreadable.
    std::string drawnFor(const ExperimentPicture& picture) const;

private:
    FoundRegion findIn(const MaskFileRegion& region, const ExperimentPicture& picture, Size size) const;
    std::string nameInPoints(const ExperimentPicture& picture) const; ///< empty where it has no points
    std::string pointsOf(const ExperimentPicture& picture) const;
    FoundRegion findIn(const PartRegion& region, const ExperimentPicture& picture, Size size) const;

    EditRecipe m_recipe;
    DecodeOptions m_decode;
    PartPoints m_points;
};

/// Takes masks out of the list, of which a recipe with mask files needs none: NAME.mask.png, and whatever is the mask
/// of another picture in it. Returns what was taken.
std::vector<ExperimentPicture> removeMasks(std::vector<ExperimentPicture>& pictures, const EditRecipe& recipe);

/// NAME.mask.png or else NAME.png for the picture FOLDER/NAME.*; nothing where neither is there.
std::optional<std::filesystem::path> maskFileOf(const MaskFileRegion& region, const ImageFile& picture);

} // namespace ocellus
