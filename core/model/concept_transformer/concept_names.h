// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"
#include "core/model/infer_config.h"
#include "core/model/mapped_source.h"
#include "core/model/model_config.h"

namespace ocellus {

/// Where a Concept Transformer has its Vision Transformer.
inline constexpr const char* conceptVit = "feature_extractor.";

/// Where it has concepts, and the attention to them, which its code spells so.
struct ConceptPlace {
    const char* concepts;
    const char* attention;
};
inline constexpr ConceptPlace conceptsOfPicture{"classifier.concepts", "classifier.concept_tranformer."};
inline constexpr ConceptPlace conceptsOfPatches{"classifier.spatial_concepts",
                                                "classifier.spatial_concept_tranformer."};

/// A Concept Transformer's tensors as the model here has them.
struct ConceptNames {
    std::vector<MappedTensor> tensors;
    std::vector<std::string> unused; ///< the file's names of what is no part of it
};

/// Leaves out lists of concepts that are empty; none where the names are no Concept Transformer's. Throws
/// Error(Unsupported) for one on another network than a Vision Transformer.
std::optional<ConceptNames> conceptNames(const TensorSource& source);

/// Reads a Concept Transformer off names and shapes, `source` having those of conceptNames(). Assumed are two heads of
/// attention to concepts, `concept_heads`. Throws Error: Unsupported for concepts without a meaning, which the released
/// code cannot run either, Mismatch where the parts do not fit together.
InferredConfig inferConcepts(const TensorSource& source, const DeclaredArgs& args);

/// What the model holds, sorted by name.
std::vector<TensorInfo> conceptTensors(const ModelConfig& config);

} // namespace ocellus
