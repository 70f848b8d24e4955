// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/prototype_model.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/model/prototree/tree_shape.h"
#include "core/model/prototypes/feature_plan.h"

namespace ocellus {
namespace {

constexpr int mostDepth = 11; // the deepest published tree; memory grows with the square of its leaves

[[noreturn]] void refuse(const char* option, const std::string& detail, const std::string& wayOut = {})
{
    throw Error(ErrorCode::BadArgument, option, detail, wayOut);
}

void requireCount(const char* option, int value, int most)
{
    if (value < 1 || value > most)
        refuse(option, "expected 1 to " + std::to_string(most) + ", got " + std::to_string(value));
}

void requireWeight(const char* option, double value)
{
    if (!std::isfinite(value) || value < 0)
        refuse(option, "expected 0 or more, got " + std::to_string(value));
}

} // namespace

bool isPrototypeHead(HeadKind head)
{
    return head == HeadKind::Prototypes || head == HeadKind::Tree;
}

PrototypeRecipe recipeFor(PrototypeRecipe recipe, bool isTree, int classes)
{
    if (recipe.depth == 0) // as published: 9 for 200 classes
        for (recipe.depth = 1; recipe.depth < mostDepth && 1 << recipe.depth < 2 * classes;)
            ++recipe.depth;
    // A leaf names one species best: with fewer leaves some would never be named.
    if (isTree && 1 << recipe.depth < classes)
        refuse("--depth", "expected a leaf for each of " + std::to_string(classes) + " classes, got " +
                              std::to_string(recipe.depth) +
                              " branches on each way: " + std::to_string(1 << recipe.depth) + " leaves");
    // As published, "slightly greater" than what a leaf that knows nothing gives each class; of two it is less than
    // all.
    const double equal = 1.0 / classes;
    if (recipe.pruneBelow == 0)
        recipe.pruneBelow = std::min(2 * equal, (1 + equal) / 2);
    return recipe;
}

PrototypeConfig prototypesToTrain(const TrainOptions& options, int classes)
{
    const PrototypeRecipe recipe = recipeFor(options.prototypes, options.model.head == HeadKind::Tree, classes);
    PrototypeConfig config;
    config.features = featuresOf(options.model);
    config.imageSize = options.preprocess.fixedSide;
    if (options.model.head == HeadKind::Tree) {
        config.addOn = {recipe.channels};
        config.addOnBias = false;
        config.prototypes = (1 << recipe.depth) - 1;
        config.similarity = SimilarityKind::Exponential;
        config.tree = wholeTree(recipe.depth);
        return config;
    }
    config.addOn = {recipe.channels, recipe.channels};
    config.prototypes = classes * recipe.perClass;
    for (int prototype = 0; prototype < config.prototypes; ++prototype)
        config.classOf.push_back(prototype / recipe.perClass);
    return config;
}

void setPrototypeRecipe(TrainOptions& options, const std::function<bool(const std::string&)>& isGiven)
{
    const auto set = [&](const char* option, auto& value, const auto& usual) {
        if (!isGiven(option))
            value = usual;
    };
    const bool isTree = options.model.head == HeadKind::Tree;
    set("--epochs", options.epochs, isTree ? 80 : 40);
    set("--batch-size", options.batchSize, 16);
    set("--lr", options.learningRate, isTree ? 2e-3 : 1e-3);
    set("--prototype-channels", options.prototypes.channels, isTree ? 16 : 128);
    set("--lr-drop", options.learningRateDrop, std::max(1, 2 * options.epochs / 3));
    set("--weight-decay", options.weightDecay, isTree ? 0.4 : 0);
    set("--clip", options.clip, 0);
    set("--dropout", options.dropout, isTree ? 0.2 : 0.5);
    set("--image-size", options.preprocess, parsePreprocess("fixed:224"));
}

void requirePrototypes(const TrainOptions& options)
{
    if (!isPrototypeHead(options.model.head))
        return;
    if (options.model.vit)
        refuse("--head", "expected a convolutional --backbone for prototypes, got a Vision Transformer");
    if (!options.freezeBackbone)
        refuse("--head",
               "expected --freeze-backbone with a head of prototypes, which learns from stored features alone");
    if (!options.finetune.empty())
        refuse("--finetune", "expected --backbone-weights with a head of prototypes, got a whole model to start from");
    if (options.preprocess.fixedSide < 1)
        refuse("--image-size", "expected one square for all pictures with a head of prototypes, as fixed:224, got " +
                                   toString(options.preprocess));
    constexpr int mostOfAClass = 1000;
    constexpr int mostChannels = 2048;
    constexpr int mostPushes = 1000;
    requireCount("--prototypes", options.prototypes.perClass, mostOfAClass);
    requireCount("--prototype-channels", options.prototypes.channels, mostChannels);
    if (options.prototypes.depth != 0)
        requireCount("--depth", options.prototypes.depth, mostDepth);
    if (!(options.prototypes.pruneBelow >= 0 && options.prototypes.pruneBelow < 1))
        refuse("--prune-below",
               "expected at least 0 and less than 1, got " + std::to_string(options.prototypes.pruneBelow));
    if (!(options.prototypes.haste >= 0 && options.prototypes.haste <= 1000))
        refuse("--prototype-haste", "expected 0 to 1000, got " + std::to_string(options.prototypes.haste));
    requireWeight("--cluster-cost", options.prototypes.cluster);
    requireWeight("--separation-cost", options.prototypes.separation);
    requireWeight("--last-layer-penalty", options.prototypes.lastLayerPenalty);
    requireCount("--pushes", options.prototypes.pushes, mostPushes);
}

} // namespace ocellus
