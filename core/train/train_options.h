// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/image/preprocess.h"
#include "core/model/model_config.h"
#include "core/train/data/augmentation.h"
#include "core/train/data/feature_store.h"
#include "core/train/network/batch_norm_mode.h"
#include "core/train/network/prototype_recipe.h"

namespace ocellus {

/// How the learning rates change; each is the PyTorch scheduler of that name.
enum class Schedule {
    Step,      ///< StepLR: a tenth every `learningRateDrop` epochs
    Cosine,    ///< CosineAnnealingLR: to zero over all epochs
    OneCycle,  ///< OneCycleLR: up over the first three tenths of all steps, then down; momentum stays
    WarmCosine ///< timm's CosineLRScheduler: up from 0 over `warmupEpochs`, then down to 1e-6; once an epoch
};

/// "step", "cosine", "onecycle" or "warmcosine".
std::string_view toString(Schedule schedule);
/// Throws Error(BadArgument).
Schedule scheduleFromName(std::string_view name);

/// All that fixes a training run; the defaults are the released recipe (arXiv 2311.04157, section 4).
struct TrainOptions {
    std::filesystem::path data; ///< holds train/CLASS/* and val/CLASS/*
    std::filesystem::path out;
    std::filesystem::path finetune;        ///< a DETR or INTR checkpoint to start from, or empty
    std::string stateDict;                 ///< which state dict of the checkpoint to start from, as in Checkpoint::open
    std::filesystem::path backboneWeights; ///< a backbone alone to start from, or empty
    std::filesystem::path featureCache;    ///< with freezeBackbone; empty: `out`/features
    FeaturePrecision featurePrecision = FeaturePrecision::Half;
    std::uintmax_t featureLimit = 0; ///< bytes of features on disk; 0: as many as there are. The rest is computed anew
    bool resume = false;
    bool strict = false; ///< an unreadable picture ends the run instead of being left out

    ModelConfig model;          ///< `queries` comes from the data, and what a head of prototypes is
    PrototypeRecipe prototypes; ///< with HeadKind::Prototypes and Tree
    double dropout = 0.1;
    double headDropout = 0; ///< of cross-attention's heads, each picture on its own
    PreprocessOptions preprocess;
    Augmentation augmentation = Augmentation::Full;
    BatchNormMode batchNorm = BatchNormMode::Frozen;
    int frozenEpochs = 1; ///< with BatchNormMode::Train: the last epochs, in which the statistics stand still
    bool freezeBackbone = false;
    std::string backboneName = {}; ///< of a Vision Transformer, as in namedVits()
    int fixedPrompts = 0;          ///< Prompt-CAM's first blocks whose prompts stay as they were drawn

    int epochs = 140;
    int batchSize = 12; ///< pictures a step, over all ranks
    double learningRate = 5e-5;
    double backboneLearningRate = 1e-5;
    double weightDecay = 1e-6;
    Schedule schedule = Schedule::Step;
    int learningRateDrop = 80; ///< epochs
    int warmupEpochs = 0;      ///< of WarmCosine
    double clip = 0.1;         ///< largest norm of all gradients together; 0: no limit

    std::uint64_t seed = 42;
    int workers = 2; ///< threads that decode and augment
    std::string device = "auto";
    int threads = 0;     ///< 0: all cores
    std::string command; ///< as the user wrote it, for the checkpoint's metadata
};

/// Throws Error(BadArgument) for values that cannot be, before anything is read or written.
void validate(const TrainOptions& options);

} // namespace ocellus
