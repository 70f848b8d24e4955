// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/model/concept_transformer/concept_names.h"
#include "core/model/protopformer/former_names.h"

namespace ocellus {

/// A plain Vision Transformer as timm builds it, of square patches.
inline VitConfig plainVit(int patchSize, int grid, int width, int depth, int heads)
{
    VitConfig vit;
    vit.patchSize = patchSize;
    vit.grid = grid;
    vit.width = width;
    vit.depth = depth;
    vit.heads = heads;
    vit.feedForward = 4 * width;
    return vit;
}

/// As its training program names a ProtoPFormer's tensors: query, key and value of class blocks apart, and the filter
/// of ones.
inline std::vector<TensorInfo> releasedFormer(const ModelConfig& config)
{
    std::vector<TensorInfo> released;
    for (TensorInfo tensor : formerTensors(config)) {
        if (const std::size_t at = tensor.name.find(".ls"); at != std::string::npos)
            tensor.name = tensor.name.substr(0, at) + ".gamma_" + tensor.name[at + 3];
        const std::size_t at = tensor.name.find(".qkv.");
        if (tensor.name.find("blocks_token_only") == std::string::npos || at == std::string::npos) {
            released.push_back(std::move(tensor));
            continue;
        }
        for (const char* third : {".q.", ".k.", ".v."}) {
            TensorInfo part = tensor;
            part.name.replace(at, 5, third);
            part.shape[0] /= 3;
            released.push_back(std::move(part));
        }
    }
    released.push_back({"ones", DType::Float32, {config.former->prototypes(), config.former->channels(), 1, 1}});
    return released;
}

/// As its training program names a Concept Transformer's tensors: an empty list of concepts without a meaning too.
inline std::vector<TensorInfo> releasedConcepts(const ModelConfig& config)
{
    std::vector<TensorInfo> released = conceptTensors(config);
    released.push_back({"classifier.unsup_concepts", DType::Float32, {1, 0, config.vit->width}});
    return released;
}

/// As many prototypes for each class, one class after the other.
inline std::vector<int> inOrder(int classes, int each)
{
    std::vector<int> owners;
    for (int i = 0; i < classes * each; ++i)
        owners.push_back(i / each);
    return owners;
}

/// A ProtoPFormer of three classes with two prototypes of patches and one of the whole picture each, for pictures of 16
/// pixels: 4 x 4 patches, of which it keeps 9.
inline ModelConfig smallFormer(bool isCait)
{
    ModelConfig config;
    config.head = HeadKind::Former;
    config.queries = 3;
    config.vit = plainVit(4, 4, 8, 2, isCait ? 2 : 1);
    config.vit->layerScale = isCait;
    config.vit->prefixHasPosition = !isCait;
    FormerConfig former;
    former.addOn = {4};
    former.classOf = inOrder(3, 2);
    former.globalClassOf = inOrder(3, 1);
    former.classBlocks = isCait ? 2 : 0;
    former.keepLayer = 1;
    former.keep = 9;
    config.former = std::move(former);
    return config;
}

/// A Concept Transformer of three classes with four concepts of patches and two of the whole picture.
inline ModelConfig smallConcepts()
{
    ModelConfig config;
    config.head = HeadKind::Concepts;
    config.queries = 3;
    config.vit = plainVit(4, 4, 8, 2, 1);
    config.concepts = ConceptConfig{4, 2, 2};
    return config;
}

} // namespace ocellus
