// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/analysis/map_box.h"
#include "core/image/preprocess_options.h"
#include "core/train/data/training_set.h"

namespace ocellus {

struct PrototypeOrigin;

/// The part of a training picture that a prototype was pushed onto.
struct PrototypePatch {
    std::size_t picture = 0; ///< in the training set
    int classIndex = 0;      ///< of the picture
    int row = 0, column = 0; ///< of the network's grid
    MapBox box;              ///< ProtoPNet's rectangle, percentileBox() of the similarity map, in pixels of the input
};

/// No value for prototypes that are not in use. Every origin has a map. Throws Error(BadArgument) where one has none.
std::vector<std::optional<PrototypePatch>> patchesOf(const std::vector<std::optional<PrototypeOrigin>>& origins,
                                                     const TrainingSet& set, Size input);

/// For a checkpoint's settings, by prototype: {"picture": "train/CLASS/name.jpg", "class": 3, "cell": [row, column],
/// "box": [top, bottom, left, right]}, or null.
nlohmann::json toJson(const std::vector<std::optional<PrototypePatch>>& patches, const TrainingSet& set);

/// These as the released program leaves them beside a checkpoint, and findPrototypePictures() reads them:
/// img/epoch-N/bbN.npy with a row of six for each prototype, prototype-imgJ.png and prototype-img-originalJ.png. They
/// are written to a folder of another name, which takes its name when the checkpoint is there.
class PrototypePictureFiles {
public:
    /// `epoch` from 1.
    PrototypePictureFiles(std::filesystem::path run, int epoch);

    /// Throws Error(Unreadable), and what decoding a picture throws.
    void write(const std::vector<std::optional<PrototypePatch>>& patches, const TrainingSet& set,
               const PreprocessOptions& preprocess) const;

    /// Gives the folder its name and removes those of other epochs. Throws Error(Unreadable).
    void publish() const;

private:
    std::filesystem::path m_img;
    int m_epoch;
};

} // namespace ocellus
