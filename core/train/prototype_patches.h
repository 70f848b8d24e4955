// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/map_box.h"
#include "core/base/error.h"
#include "core/image/preprocess_options.h"
#include "core/model/prototypes/prototype_config.h"
#include "core/train/data/training_set.h"

namespace ocellus {

struct PrototypeOrigin;

/// The part of a training picture that a prototype was pushed onto.
struct PushedPatch {
    std::size_t picture = 0; ///< in the training set
    int classIndex = 0;      ///< of the picture
    int row = 0, column = 0; ///< of the network's grid
    /// In pixels of the input: ProtoPNet's rectangle, percentileBox() of the similarity map; where the origin has no
    /// map ProtoTree's, peakBox() of the cell.
    MapBox box;
};

/// No value for prototypes that are not in use. Throws as stretchedCubic().
std::vector<std::optional<PushedPatch>> patchesOf(const std::vector<std::optional<PrototypeOrigin>>& origins,
                                                  const TrainingSet& set, Size input);

/// For a checkpoint's settings, a JSON list by prototype: {"picture": "train/CLASS/name.jpg", "class": 3, "cell": [row,
/// column], "box": [top, bottom, left, right]}, or null. It is text, since values of a list count against
/// limits::settings; empty where it alone would be half of limits::settingsTextBytes. Bytes of a name that are no UTF-8
/// are replaced.
std::string originsText(const std::vector<std::optional<PushedPatch>>& patches, const TrainingSet& set);

/// These as the released programs leave them beside a checkpoint, where findPrototypePictures() and findNodePictures()
/// look. Of a ProtoPNet img/epoch-N/bbN.npy with a row of six for each prototype, prototype-imgJ.png and
/// prototype-img-originalJ.png; of a tree upsampling_results/pruned_and_projected with M_nearest_patch_of_image.png and
/// M_original_image.png of each branch M. They are written to a folder of another name, which takes its name when the
/// checkpoint is there.
class PrototypePictureFiles {
public:
    /// `epoch` from 1. `tree` may be null and outlives this object.
    PrototypePictureFiles(const std::filesystem::path& run, int epoch, const TreeConfig* tree);

    /// From the run's folder: "img/epoch-3".
    std::string place() const { return m_parent.filename().string() + "/" + m_name; }

    /// Leaves out what is of training pictures that can no longer be read, and returns why, once a picture. Throws
    /// Error(Unreadable) for a disk that takes nothing.
    std::vector<Error> write(const std::vector<std::optional<PushedPatch>>& patches, const TrainingSet& set,
                             const PreprocessOptions& preprocess) const;

    /// The most bytes that the files of so many prototypes have: a patch and the picture that it is cut from are less
    /// together than the picture's pixels would be. `side` is that of the input.
    static std::uintmax_t bytesFor(std::size_t prototypes, int side);

    /// Gives the folder its name and removes those of other epochs. Throws Error(Unreadable).
    void publish() const;

private:
    std::filesystem::path m_parent;
    std::string m_name;
    int m_epoch;
    const TreeConfig* m_tree;
};

} // namespace ocellus
