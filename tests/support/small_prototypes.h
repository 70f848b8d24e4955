// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/model/model_config.h"
#include "core/model/protopnet/protopnet_names.h"
#include "core/model/prototree/prototree_names.h"
#include "tests/support/prototype_formula.h"
#include "tests/support/whole_model.h"

namespace ocellus::test {

/// A network of two convolutions in front of prototypes of 4 channels, for pictures of 16 pixels: grids of 4 x 4 cells.
inline PrototypeConfig smallPrototypes(int prototypes)
{
    PrototypeConfig config;
    config.features.kind = FeatureKind::Vgg;
    config.features.hasBatchNorm = true;
    config.features.stages = {4, 0, 8, 0};
    config.features.width = 4;
    config.addOn = {4};
    config.prototypes = prototypes;
    config.imageSize = 16;
    return config;
}

/// A ProtoPNet of three classes with two prototypes each.
inline ModelConfig smallProtoPNet()
{
    ModelConfig config;
    config.head = HeadKind::Prototypes;
    config.queries = 3;
    config.prototypes = smallPrototypes(6);
    config.prototypes->addOn = {4, 4};
    config.prototypes->classOf = {0, 0, 1, 1, 2, 2};
    return config;
}

/// A ProtoTree of three classes: branch 0 with the leaf 1 and branch 4, and that with the leaves 5 and 6.
inline ModelConfig smallProtoTree()
{
    ModelConfig config;
    config.head = HeadKind::Tree;
    config.queries = 3;
    config.prototypes = smallPrototypes(3);
    config.prototypes->addOnBias = false;
    config.prototypes->similarity = SimilarityKind::Exponential;
    TreeConfig tree;
    tree.depth = 2;
    tree.nodes = {{0, 1, 2, 2, {}},
                  {1, -1, -1, -1, "_root.l._dist_params"},
                  {4, 3, 4, 0, {}},
                  {5, -1, -1, -1, "_root.r.l._dist_params"},
                  {6, -1, -1, -1, "_root.r.r._dist_params"}};
    config.prototypes->tree = std::move(tree);
    return config;
}

inline ModulePickle::Value numberValue(std::int64_t number)
{
    return [number](PickleWriter& pickle) { pickle.integer(number); };
}

inline ModulePickle::Value textValue(const std::string& text)
{
    return [text](PickleWriter& pickle) { pickle.text(text); };
}

/// smallProtoPNet() as its training program saves it.
inline WholeModel wholeProtoPNet(const ModelConfig& config = smallProtoPNet())
{
    WholeModel model(PrototypeFormula(protoPNetTensors(config)), "PPNet");
    model.attribute("", "img_size", numberValue(16));
    model.attribute("", "prototype_activation_function", textValue("log"));
    std::vector<float> identity;
    for (const int owner : config.prototypes->classOf)
        for (int c = 0; c < config.queries; ++c)
            identity.push_back(owner == c ? 1.0F : 0.0F);
    model.tensor("prototype_class_identity", {config.prototypes->prototypes, config.queries}, identity);
    return model;
}

/// smallProtoTree() as its training program saves it; without `outMap` nothing tells which node uses which prototype.
inline WholeModel wholeProtoTree(bool outMap = true)
{
    const ModelConfig config = smallProtoTree();
    WholeModel model(PrototypeFormula(protoTreeTensors(config)), "ProtoTree");
    for (const auto& [path, index] : std::vector<std::pair<std::string, int>>{
             {"_root", 0}, {"_root.l", 1}, {"_root.r", 4}, {"_root.r.l", 5}, {"_root.r.r", 6}})
        model.attribute(path, "_index", numberValue(index));
    if (outMap)
        model.attribute("", "_out_map", [](PickleWriter& pickle) {
            pickle.raw("}");
            for (const auto& [index, prototype] : std::vector<std::pair<int, int>>{{0, 2}, {4, 0}, {9, 1}}) {
                ModulePickle node; // of what was pruned away too
                node.attributes = {{"_index", numberValue(index)}};
                node.write(pickle);
                pickle.integer(prototype).raw("s");
            }
        });
    return model;
}

} // namespace ocellus::test
