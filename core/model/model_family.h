// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/base/tensor_source.h"
#include "core/model/infer_config.h"
#include "core/model/model_offer.h"

namespace ocellus {

struct Compute;
class Model;

/// What a state dict was recognised as.
struct RecognisedModel {
    ModelConfig config;
    std::vector<std::string> assumed; ///< what nothing in the file tells: the usual values were taken
    std::string layout;               ///< whose names they are, where they had to be undone
    std::string usualPreprocessing;  ///< where the file does not tell, as toString(PreprocessOptions); or empty: INTR's
    std::vector<std::string> unused; ///< tensors of the file that are no part of the network
    std::unique_ptr<const TensorSource> renamed; ///< as the model has its tensors; null where the file has them so
};

/// One kind of model: how a state dict of it is known, what it offers, and what loads it. Each has a folder of its own
/// below core/model.
struct ModelFamily {
    std::string_view name;  ///< "intr"
    std::string_view title; ///< for people: "INTR on a convolutional backbone"
    /// None where the names are not those of this family. Throws Error(Mismatch, Unsupported) where they are, but the
    /// rest does not fit. `source` outlives the result.
    std::optional<RecognisedModel> (*recognise)(const TensorSource& source, const DeclaredArgs& args);
    std::vector<TensorInfo> (*tensors)(const ModelConfig& config); ///< what the state dict must hold, sorted by name
    ModelOffer (*offer)(const ModelConfig& config);                ///< but for `family`
    /// `source` has passed checkTensors().
    std::unique_ptr<const Model> (*load)(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                                         const Progress& progress);
};

/// All of them, in the order in which a file is tried.
std::span<const ModelFamily> modelFamilies();

} // namespace ocellus
