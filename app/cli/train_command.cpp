// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_command.h"

#include <algorithm>

#include "app/cli/class_choice.h"
#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/model_settings_option.h"
#include "app/cli/output_plan.h"
#include "app/cli/train_run.h"
#include "core/base/error.h"
#include "core/train/prototype_model.h"
#include "core/train/rank_environment.h"
#include "core/train/vit_backbone.h"
#include "core/train/vit_recipe.h"

namespace ocellus {
namespace {

void addModelOptions(CLI::App& command, TrainCommandOptions& options)
{
    ModelConfig& model = options.train.model;
    const std::string group = "Model";
    command
        .add_option("--backbone", options.backbone,
                    "resnet18, resnet34, resnet50, resnet101, mobilenet_v2, or a Vision Transformer: " + namesOfVits())
        ->capture_default_str()
        ->group(group);
    command
        .add_option("--backbone-width", model.backboneWidth,
                    "Channels of a ResNet's stem; of a small Vision Transformer its width")
        ->capture_default_str()
        ->group(group);
    command
        .add_option("--backbone-depth", options.backboneDepth,
                    "Blocks of a small Vision Transformer (as its name says)")
        ->group(group);
    command
        .add_option("--stage", options.stage, "A ResNet's stage that feeds the Transformer: layer2, layer3 or layer4")
        ->capture_default_str()
        ->group(group);
    command.add_flag("--dilation", model.dilation, "A finer grid: the last stage keeps its stride and dilates")
        ->group(group);
    command
        .add_option("--head", options.head,
                    "intr (or shared); intr-fc (or per-class): a vector a class; linear: a plain classifier; "
                    "prompt-cam: on a Vision Transformer; protopnet, prototree: prototypes, with --freeze-backbone")
        ->capture_default_str()
        ->group(group);
    command
        .add_option(
            "--prompt-layers", options.promptLayers,
            "prompt-cam: blocks that get prompts of their own, from the first (all; 1 is the paper's shallow one)")
        ->group(group);
    command
        .add_option("--train-prompts", options.trainedPrompts,
                    "prompt-cam: train the prompts of the last N blocks only, the others stay as drawn; what comes "
                    "before is computed once (1 is fastest)")
        ->group(group);
    command
        .add_flag("--train-backbone", options.trainBackbone,
                  "Train a Vision Transformer's weights too; without it they are frozen")
        ->group(group);
    const auto number = [&](const char* name, auto& value, const char* text) {
        command.add_option(name, value, text)->capture_default_str()->group(group);
    };
    number("--prototypes", options.train.prototypes.perClass, "protopnet: prototypes of a class");
    number("--prototype-channels", options.train.prototypes.channels, "protopnet, prototree: values of a prototype");
    number("--cluster-cost", options.train.prototypes.cluster,
           "protopnet: what the distance to a patch of the own class weighs beside the cross-entropy");
    number("--separation-cost", options.train.prototypes.separation,
           "protopnet: the same of the distance to patches of other classes, which shall be long");
    number("--last-layer-penalty", options.train.prototypes.lastLayerPenalty,
           "protopnet: L1, of the last layer's weights to other classes");
    number("--pushes", options.train.prototypes.pushes, "protopnet: times that prototypes are set to patches");
    number("--depth", options.train.prototypes.depth, "prototree: branches on each way; 0: two leaves a class");
    number("--prune-below", options.train.prototypes.pruneBelow,
           "prototree: largest share of a class that is none; 0: twice an equal one");
    number("--prototype-haste", options.train.prototypes.haste,
           "prototree: prototypes learn so many times as fast as the convolution, whose rate --lr is");
    number("--hidden-dim", model.hiddenDim, "Width of the Transformer");
    number("--heads", model.heads, "Attention heads; they divide the width");
    number("--enc-layers", model.encoderLayers, "Encoder layers");
    number("--dec-layers", model.decoderLayers, "Decoder layers");
    number("--ff", model.feedForward, "Width of the feed-forward layers");
    number("--dropout", options.train.dropout, "Probability of dropout");
    number("--head-dropout", options.train.headDropout, "Probability that a whole head of a picture is left out");
    command.add_flag("--pre-norm", model.preNorm, "Normalise before each part instead of after it")->group(group);
}

void addRecipeOptions(CLI::App& command, TrainCommandOptions& options)
{
    TrainOptions& train = options.train;
    const std::string group = "Recipe";
    const auto add = [&](const char* name, auto& value, const char* text) {
        command.add_option(name, value, text)->capture_default_str()->group(group);
    };
    add("--epochs", train.epochs, "Walks over the training pictures");
    add("--batch-size", train.batchSize, "Pictures a step, over all processes");
    add("--lr", train.learningRate, "Learning rate of all but the backbone");
    add("--lr-backbone", train.backboneLearningRate, "Learning rate of the backbone");
    add("--weight-decay", train.weightDecay, "Weight decay");
    add("--scheduler", options.schedule, "step, cosine, onecycle or warmcosine");
    add("--warmup-epochs", train.warmupEpochs, "With warmcosine: epochs in which the rates rise");
    add("--lr-drop", train.learningRateDrop, "With step: epochs after which the rates fall to a tenth");
    add("--clip", train.clip, "Largest norm of the gradients; 0: no limit");
    add("--batch-norm", options.batchNorm, "frozen: as released; train: batch statistics, needed from scratch");
    command
        .add_option("--frozen-epochs", options.frozenEpochs,
                    "With --batch-norm train: last epochs with statistics that stand still (1 of several)")
        ->group(group);
    add("--seed", train.seed, "Seed of start, order, augmentation and dropout");
    command
        .add_option("--image-size", options.imageSize,
                    "Shorter and longest side, \"800:1333\", or a square, \"fixed:224\"; of a Vision Transformer also "
                    "\"crop:256:224,bicubic\"")
        ->group(group);
    command
        .add_option("--augmentation", options.augmentation,
                    "none, flip, or full: flip, random size and crop (default; flip with --freeze-backbone)")
        ->group(group);
    command
        .add_flag("--freeze-backbone", train.freezeBackbone,
                  "Compute the backbone's features once, on disk, and train what follows it")
        ->group(group);
}

int stageOf(const std::string& name)
{
    for (const int stage : {2, 3, 4})
        if (name == "layer" + std::to_string(stage))
            return stage;
    throw Error(ErrorCode::BadArgument, "--stage", "expected layer2, layer3 or layer4, got " + name);
}

void requireOneSource(const TrainCommandOptions& options)
{
    if (options.train.data.empty() == options.dataset.empty())
        throw Error(ErrorCode::BadArgument, "train",
                    std::string("expected --data or --dataset, got ") + (options.dataset.empty() ? "neither" : "both"));
    if (!options.dataset.empty() && options.valShare > 0)
        throw Error(ErrorCode::BadArgument, "--val-share", "expected --data with it: a data set has its own split",
                    "Draw one with `ocellus-cli dataset`, --split 0.2");
}

void requireFittingOptions(const TrainCommandOptions& options, bool isVit)
{
    if (options.trainBackbone && options.isGiven("--freeze-backbone"))
        throw Error(ErrorCode::BadArgument, "--train-backbone", "expected no --freeze-backbone with it");
    for (const char* option : {"--train-backbone", "--prompt-layers", "--train-prompts", "--backbone-depth"})
        if (!isVit && options.isGiven(option))
            throw Error(ErrorCode::BadArgument, option,
                        "expected a Vision Transformer as --backbone with it, got " + options.backbone);
}

/// Papers' words for the heads.
HeadKind headOf(const std::string& name, bool isVit)
{
    if (name == "intr")
        return HeadKind::Shared;
    if (name == "intr-fc")
        return HeadKind::PerClass;
    if (name == "prompt-cam")
        return HeadKind::Prompts;
    if (name == "protopnet")
        return HeadKind::Prototypes;
    if (name == "prototree")
        return HeadKind::Tree;
    const HeadKind head = headKind(name);
    return isVit && head == HeadKind::Linear ? HeadKind::None : head; // a head of the Vision Transformer's own
}

PreprocessOptions sizeOf(const TrainCommandOptions& options, bool isVit)
{
    if (options.imageSize.empty())
        return options.engine.model.preprocess.value_or(options.train.preprocess);
    const PreprocessOptions size = parsePreprocess(options.imageSize, "--image-size");
    if (!isVit && size != PreprocessOptions{size.shortSide, size.longSide, size.fixedSide})
        throw Error(ErrorCode::BadArgument, "--image-size",
                    "expected SHORT:LONG or fixed:SIDE alone for training a convolutional backbone");
    return size;
}

void resolveBackboneForm(const TrainCommandOptions& options, VitConfig& config)
{
    if (options.isGiven("--backbone-width")) {
        config.width = options.train.model.backboneWidth;
        config.feedForward = 4 * config.width;
        config.heads = options.engine.model.heads.value_or(std::max(1, config.width / 64));
    }
    if (options.backboneDepth > 0)
        config.depth = options.backboneDepth;
}

/// The stored positions are those of what it is trained on.
void fitGrid(const PreprocessOptions& size, VitConfig& config)
{
    const int side = size.fixedSide > 0 ? size.fixedSide : size.cropSide;
    if (side >= config.patchSize)
        config.grid = side / config.patchSize;
}

/// A Vision Transformer: what it is, what is trained of it, and the recipe.
void resolveVit(const TrainCommandOptions& options, TrainOptions& train)
{
    NamedVit named = vitNamed(options.backbone, options.engine.model);
    resolveBackboneForm(options, named.config);
    if (!train.backboneWeights.empty()) {
        const VitBackbone backbone = vitOfWeights(named, train.backboneWeights, train.stateDict, options.engine.model);
        named.config = backbone.config;
        if (readRankEnvironment().isLeader())
            for (const std::string& remark : backbone.remarks)
                printError(remark);
    }
    train.model.vit = named.config;
    train.backboneName = options.backbone;
    train.freezeBackbone =
        train.backboneWeights.empty() ? options.isGiven("--freeze-backbone") : !options.trainBackbone;
    setVitRecipe(train, [&](const std::string& option) {
        return options.isGiven(option) || (option == "--image-size" && options.engine.model.preprocess);
    });
    if (options.isGiven("--scheduler"))
        train.schedule = scheduleFromName(options.schedule);
    if (options.isGiven("--augmentation"))
        train.augmentation = augmentationFromName(options.augmentation);
    if (train.backboneWeights.empty() || train.model.head == HeadKind::Prompts)
        fitGrid(train.preprocess, *train.model.vit);
    const int depth = train.model.vit->depth;
    if (train.model.head != HeadKind::Prompts)
        return;
    train.model.promptLayers = options.promptLayers > 0 ? options.promptLayers : depth;
    if (train.model.promptLayers > depth || options.trainedPrompts > train.model.promptLayers)
        throw Error(ErrorCode::BadArgument, "--prompt-layers",
                    "expected at most " + std::to_string(depth) + " blocks with prompts, got " +
                        std::to_string(std::max(train.model.promptLayers, options.trainedPrompts)));
    train.fixedPrompts = options.trainedPrompts > 0 ? train.model.promptLayers - options.trainedPrompts : 0;
}

void resolveConvolutional(const TrainCommandOptions& options, TrainOptions& train)
{
    train.model.backbone = backboneKind(options.backbone);
    train.model.lastStage = stageOf(options.stage);
    if (options.batchNorm != "frozen" && options.batchNorm != "train")
        throw Error(ErrorCode::BadArgument, "--batch-norm", "expected frozen or train, got " + options.batchNorm);
    train.batchNorm = options.batchNorm == "train" ? BatchNormMode::Train : BatchNormMode::Frozen;
    if (options.frozenEpochs)
        train.frozenEpochs = *options.frozenEpochs;
    else if (train.batchNorm == BatchNormMode::Train)
        train.frozenEpochs = std::clamp(train.epochs - 1, 0, train.frozenEpochs);
    if (!options.augmentation.empty())
        train.augmentation = augmentationFromName(options.augmentation);
    else if (train.freezeBackbone)
        train.augmentation = Augmentation::Flip;
    if (isPrototypeHead(train.model.head))
        setPrototypeRecipe(train, options.isGiven);
}

TrainOptions resolved(const TrainCommandOptions& options, const std::string& command)
{
    requireOneSource(options);
    TrainOptions train = options.train;
    if (!options.dataset.empty())
        train.data = options.dataset;
    const bool isVit = options.backbone.starts_with("vit_");
    requireFittingOptions(options, isVit);
    if (train.backboneWeights == "none")
        train.backboneWeights.clear();
    train.model.head = headOf(options.head, isVit);
    train.schedule = scheduleFromName(options.schedule);
    train.preprocess = sizeOf(options, isVit);
    train.featurePrecision = featurePrecisionFromName(options.featurePrecision);
    train.featureLimit = static_cast<std::uintmax_t>(options.featureGigabytes * 1e9);
    train.stateDict = options.engine.stateDict;
    train.model.heads = options.engine.model.decoderHeads.value_or(train.model.heads);
    train.model.preNorm = options.engine.model.preNorm.value_or(train.model.preNorm);
    if (isVit)
        resolveVit(options, train);
    else
        resolveConvolutional(options, train);
    train.device = options.engine.device;
    train.threads = options.engine.threads;
    train.command = command;
    for (const char* part : {"train", "val"})
        if (liesWithin(train.out, train.data / part))
            throw Error(ErrorCode::BadArgument, "--out",
                        "expected a folder outside the pictures, got one in " + std::string(part),
                        "What a run writes there would be taken for a class");
    if (options.valShare > 0 && !std::filesystem::is_directory(train.data / "train") &&
        liesWithin(train.out, train.data))
        throw Error(ErrorCode::BadArgument, "--out", "expected a folder outside the pictures, got one in --data",
                    "What a run writes there would be taken for a class");
    validate(train);
    return train;
}

} // namespace

CLI::App* addTrainCommand(CLI::App& app, TrainCommandOptions& options)
{
    CLI::App* command =
        app.add_subcommand("train", "Train INTR or Prompt-CAM on pictures in train/CLASS and val/CLASS");
    TrainOptions& train = options.train;
    command->add_option("--data", train.data, "Folder with train/CLASS/* and val/CLASS/*")
        ->excludes(command->add_option("--dataset", options.dataset,
                                       "A data set that `dataset` wrote, with its split, merges and crops"));
    command->add_option("--out", train.out, "Folder for checkpoints, log and curves")->required();
    command->add_option("--classes", options.classTable,
                        "Names and order of the classes, matched to folders by name or number: text, JSON or CSV");
    addClassOrderOption(*command, options.classOrder);
    command
        ->add_option("--val-share", options.valShare,
                     "Without a folder val: validate on this share of train, whole specimens drawn with --seed")
        ->check(CLI::Range(0.01, 0.9));
    CLI::Option* finetune =
        command->add_option("--finetune", train.finetune, "Start from this DETR or INTR checkpoint");
    command
        ->add_option("--backbone-weights", train.backboneWeights,
                     "Start from this backbone, the rest at random; none: all at random")
        ->excludes(finetune);
    command->add_option("--feature-cache", train.featureCache,
                        "With --freeze-backbone: folder of the features (default: features in --out)");
    command
        ->add_option("--feature-precision", options.featurePrecision,
                     "half or single: how exactly the features of a frozen backbone are kept on disk")
        ->capture_default_str();
    command
        ->add_option("--feature-limit", options.featureGigabytes,
                     "Gigabytes that these features may take; what is beyond is computed in every epoch (no limit)")
        ->check(CLI::Range(0.0, 1e6));
    command->add_flag("--resume", train.resume, "Go on from the last checkpoint in --out");
    command->add_flag("--strict", train.strict, "An unreadable picture ends the run instead of being left out");
    CLI::Option* dryRun = command->add_flag("--dry-run", options.dryRun,
                                            "Check everything, make a few steps, say what the run will take");
    command->add_flag("--json", options.json, "With --dry-run: say it as JSON, in the last line")->needs(dryRun);
    command->add_option("--after", options.after, "Begin when the runs in these folders, of this machine, have ended")
        ->excludes(dryRun);
    command
        ->add_option("--watch-maps", options.watchedMaps,
                     "Draw the maps of so many validation pictures, always the same ones, after every epoch: OUT/maps")
        ->check(CLI::Range(1, 100));
    command->add_option("--workers", train.workers, "Threads that decode and augment pictures")->capture_default_str();
    addEngineOptions(*command, options.engine);
    addModelSettingsOption(*command, options.engine.model);
    addModelOptions(*command, options);
    addRecipeOptions(*command, options);
    options.isGiven = [command](const std::string& name) { return command->count(name) > 0; };
    return command;
}

int runTrain(const TrainCommandOptions& options, const std::string& command, const std::stop_token& stop)
{
    return runTraining(resolved(options, command), options, stop);
}

} // namespace ocellus
