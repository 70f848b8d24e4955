// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/vit_recipe.h"

#include <algorithm>

#include "core/model/vit/infer_vit.h"

namespace ocellus {
namespace {

/// Numbers of a recipe.
struct Recipe {
    int epochs;
    int batchSize;
    double learningRate;
    double weightDecay;
    Schedule schedule;
    int warmupEpochs;
    double clip;
    double dropout;
};

Recipe recipeOfHead(HeadKind head)
{
    switch (head) {
    case HeadKind::Prompts: return {100, 16, 1e-3, 1e-3, Schedule::WarmCosine, 20, 0, 0};
    case HeadKind::None: return {50, 64, 1e-3, 1e-4, Schedule::Cosine, 0, 0, 0};
    default: return {140, 12, 1e-4, 1e-6, Schedule::Step, 0, 0.1, 0.1};
    }
}

} // namespace

PreprocessOptions usualTrainingSize(const ModelConfig& model)
{
    if (model.head == HeadKind::None)
        return parsePreprocess(usualPreprocessing(*model.vit));
    const int stored = model.vit->grid * model.vit->patchSize;
    constexpr int dinov2 = 518; // trained on last; the released code of both heads takes 224
    PreprocessOptions options;
    options.fixedSide = stored == dinov2 ? 224 : stored;
    options.normalisation = Normalisation::Half;
    return options;
}

void setVitRecipe(TrainOptions& options, const std::function<bool(const std::string&)>& isGiven)
{
    const Recipe recipe = recipeOfHead(options.model.head);
    const auto set = [&](const char* option, auto& value, const auto& usual) {
        if (!isGiven(option))
            value = usual;
    };
    set("--epochs", options.epochs, recipe.epochs);
    set("--batch-size", options.batchSize, recipe.batchSize);
    set("--lr", options.learningRate, recipe.learningRate);
    set("--lr-backbone", options.backboneLearningRate,
        options.backboneWeights.empty() ? options.learningRate : options.learningRate / 10);
    set("--weight-decay", options.weightDecay, recipe.weightDecay);
    set("--scheduler", options.schedule, recipe.schedule);
    const int most = options.epochs / 5; // a shorter run has a shorter warm-up
    set("--warmup-epochs", options.warmupEpochs, std::min(recipe.warmupEpochs, most));
    set("--clip", options.clip, recipe.clip);
    set("--dropout", options.dropout, recipe.dropout);
    set("--enc-layers", options.model.encoderLayers, 0);
    set("--image-size", options.preprocess, usualTrainingSize(options.model));
    const bool isSquashed = options.preprocess.fixedSide > 0;
    set("--augmentation", options.augmentation,
        options.freezeBackbone || !isSquashed ? Augmentation::Flip : Augmentation::Full);
}

} // namespace ocellus
