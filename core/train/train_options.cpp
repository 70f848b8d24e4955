// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_options.h"

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/train/prototype_model.h"

namespace ocellus {
namespace {

void require(bool fits, const char* option, const std::string& expected, double got)
{
    if (fits)
        return;
    std::string number = std::to_string(got);
    number.erase(number.find_last_not_of('0') + 1);
    if (number.ends_with('.'))
        number.pop_back();
    throw Error(ErrorCode::BadArgument, option, "expected " + expected + ", got " + number);
}

void requireRate(double value, const char* option)
{
    require(std::isfinite(value) && value >= 0 && value <= 1, option, "a number from 0 to 1", value);
}

/// Pictures of several sizes have several grids of positions, so that they make no batch.
bool makesOneSize(const PreprocessOptions& options)
{
    return options.fixedSide > 0 || options.cropSide > 0;
}

void requireVit(const TrainOptions& options)
{
    const bool isPrompted = options.model.head == HeadKind::Prompts;
    const bool hasDecoder = options.model.head == HeadKind::Shared || options.model.head == HeadKind::PerClass;
    const auto refuse = [](const char* option, const std::string& detail, const std::string& wayOut = {}) {
        throw Error(ErrorCode::BadArgument, option, detail, wayOut);
    };
    if (options.fixedPrompts > 0 && !isPrompted)
        refuse("--train-prompts", "expected --head prompt-cam with it");
    if (!options.model.vit) {
        if (isPrompted)
            refuse("--head", "expected a Vision Transformer as --backbone for prompt-cam, got a convolutional one");
        return;
    }
    if (!options.finetune.empty())
        refuse("--finetune", "expected a convolutional backbone with it, got a Vision Transformer",
               "Start from its --backbone-weights, which may be a whole INTR or Prompt-CAM");
    if (options.batchNorm == BatchNormMode::Train)
        refuse("--batch-norm", "expected frozen with a Vision Transformer, which has none, got train");
    if (!makesOneSize(options.preprocess) && !(options.freezeBackbone && hasDecoder))
        refuse("--image-size",
               "expected one size for all pictures, as fixed:224 or crop:256:224, got " + toString(options.preprocess),
               "Only INTR on a frozen backbone takes pictures of several sizes");
    if (options.augmentation == Augmentation::Full && options.preprocess.fixedSide == 0)
        refuse("--augmentation", "expected flip or none with " + toString(options.preprocess) + ", got full");
}

void requireConsistent(const TrainOptions& options)
{
    requireVit(options);
    requirePrototypes(options);
    if (!options.finetune.empty() && !options.backboneWeights.empty())
        throw Error(ErrorCode::BadArgument, "--backbone-weights",
                    "expected one start, got --finetune too, which brings a backbone of its own");
    if (options.freezeBackbone && options.batchNorm == BatchNormMode::Train)
        throw Error(ErrorCode::BadArgument, "--batch-norm", "expected frozen with --freeze-backbone, got train");
    if (options.freezeBackbone && options.finetune.empty() && options.backboneWeights.empty() && !options.resume)
        throw Error(ErrorCode::BadArgument, "--freeze-backbone",
                    "expected --backbone-weights or --finetune with it: frozen random features tell nothing apart");
    if (options.batchNorm == BatchNormMode::Train && options.frozenEpochs >= options.epochs)
        throw Error(ErrorCode::BadArgument, "--epochs",
                    "with --batch-norm train, expected more than the last " + std::to_string(options.frozenEpochs) +
                        " in which its statistics stand still, got " + std::to_string(options.epochs),
                    "Give more --epochs, or fewer --frozen-epochs (1 where it is not given)");
    if (options.freezeBackbone && options.augmentation == Augmentation::Full)
        throw Error(ErrorCode::BadArgument, "--augmentation",
                    "expected flip or none with --freeze-backbone, whose features are computed once, got full");
}

} // namespace

std::string_view toString(Schedule schedule)
{
    switch (schedule) {
    case Schedule::Step: return "step";
    case Schedule::Cosine: return "cosine";
    case Schedule::OneCycle: return "onecycle";
    case Schedule::WarmCosine: return "warmcosine";
    }
    return "unknown";
}

Schedule scheduleFromName(std::string_view name)
{
    for (const Schedule schedule : {Schedule::Step, Schedule::Cosine, Schedule::OneCycle, Schedule::WarmCosine})
        if (toString(schedule) == name)
            return schedule;
    throw Error(ErrorCode::BadArgument, "--scheduler",
                "expected step, cosine, onecycle or warmcosine, got " + std::string(name));
}

void validate(const TrainOptions& options)
{
    require(options.epochs >= 1 && options.epochs <= 100'000, "--epochs", "1 to 100000", options.epochs);
    require(options.batchSize >= 1 && options.batchSize <= 65'536, "--batch-size", "1 to 65536", options.batchSize);
    require(options.learningRateDrop >= 1, "--lr-drop", "at least 1 epoch", options.learningRateDrop);
    require(options.workers >= 0 && options.workers <= 256, "--workers", "0 to 256", options.workers);
    require(options.threads >= 0 && options.threads <= 1024, "--threads", "0 to 1024", options.threads);
    require(options.warmupEpochs >= 0 && options.warmupEpochs < options.epochs, "--warmup-epochs",
            "0 to below --epochs", options.warmupEpochs);
    require(options.frozenEpochs >= 0, "--frozen-epochs", "at least 0", options.frozenEpochs);
    require(options.seed <= std::numeric_limits<std::int64_t>::max(), "--seed", "at most 9223372036854775807",
            static_cast<double>(options.seed));
    requireRate(options.learningRate, "--lr");
    requireRate(options.backboneLearningRate, "--lr-backbone");
    requireRate(options.weightDecay, "--weight-decay");
    require(options.dropout >= 0 && options.dropout < 1, "--dropout", "0 to below 1", options.dropout);
    require(options.headDropout >= 0 && options.headDropout < 1, "--head-dropout", "0 to below 1", options.headDropout);
    require(std::isfinite(options.clip) && options.clip >= 0, "--clip", "0 (no limit) or more", options.clip);
    requireConsistent(options);
    ModelConfig model = options.model;
    model.queries = 2; // the data's count is not known yet, and any other is no fault of the options
    validate(model);
}

} // namespace ocellus
