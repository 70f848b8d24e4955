// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_args.h"

#include <iterator>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/safetensors_writer.h"
#include "core/train/epoch_report.h"
#include "core/train/prototype_model.h"

namespace ocellus {
namespace {

using Json = nlohmann::json;

/// What must stay when a run goes on, and how the user knows it.
constexpr std::pair<const char*, const char*> fixedKeys[] = {
    {"class_names", "classes"},
    {"data_hash", "--data"},
    {"backbone", "--backbone"},
    {"backbone_width", "--backbone-width"},
    {"stage", "--stage"},
    {"dilation", "--dilation"},
    {"head", "--head"},
    {"hidden_dim", "--hidden-dim"},
    {"nheads", "--heads"},
    {"enc_layers", "--enc-layers"},
    {"dec_layers", "--dec-layers"},
    {"dim_feedforward", "--ff"},
    {"pre_norm", "--pre-norm"},
    {"dropout", "--dropout"},
    {"head_dropout", "--head-dropout"},
    {"image_size", "--image-size"},
    {"augmentation", "--augmentation"},
    {"batch_norm", "--batch-norm"},
    {"frozen_epochs", "--frozen-epochs"},
    {"freeze_backbone", "--freeze-backbone"},
    {"batch_size", "--batch-size"},
    {"lr", "--lr"},
    {"lr_backbone", "--lr-backbone"},
    {"weight_decay", "--weight-decay"},
    {"lr_scheduler", "--scheduler"},
    {"lr_drop", "--lr-drop"},
    {"clip_max_norm", "--clip"},
    {"seed", "--seed"},
};

/// Likewise, in runs that have them, most on a Vision Transformer.
constexpr std::pair<const char*, const char*> optionalKeys[] = {
    {"encoder", "--backbone"},
    {"num_heads", "--set num_heads"},
    {"position_resampling", "--set position_resampling"},
    {"activation", "--set activation"},
    {"norm_eps", "--set norm_eps"},
    {"patch_size", "--backbone"},
    {"vit_grid", "--image-size"},
    {"vit_width", "--backbone"},
    {"vit_depth", "--backbone"},
    {"prompt_layers", "--prompt-layers"},
    {"fixed_prompts", "--train-prompts"},
    {"feature_precision", "--feature-precision"},
    {"warmup_epochs", "--warmup-epochs"},
    {"prototypes_per_class", "--prototypes"},
    {"prototype_channels", "--prototype-channels"},
    {"depth", "--depth"},
    {"pruning_threshold_leaves", "--prune-below"},
    {"prototype_haste", "--prototype-haste"},
    {"cluster_cost", "--cluster-cost"},
    {"separation_cost", "--separation-cost"},
    {"last_layer_penalty", "--last-layer-penalty"},
    {"pushes", "--pushes"},
    {"last_layer_iterations", "--head"},
};

/// All of them that a run, or the one that it goes on from, has.
std::vector<std::pair<const char*, const char*>> keysOf(const Json& args, const Json& earlier = Json::object())
{
    std::vector<std::pair<const char*, const char*>> keys(std::begin(fixedKeys), std::end(fixedKeys));
    for (const auto& key : optionalKeys)
        if (args.contains(key.first) || earlier.contains(key.first))
            keys.push_back(key);
    return keys;
}

std::string shortText(const Json& value)
{
    const std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

/// `encoder` is INTR-Encoders' name for it.
Json vitArgs(const TrainOptions& options)
{
    const VitConfig& vit = *options.model.vit;
    return {{"encoder", options.backboneName},
            {"encoder_op_dim", vit.width},
            {"num_heads", vit.heads},
            {"position_resampling", toString(vit.resampling)},
            {"activation", toString(vit.activation)},
            {"norm_eps", vit.eps},
            {"patch_size", vit.patchSize},
            {"vit_grid", vit.grid},
            {"vit_width", vit.width},
            {"vit_depth", vit.depth},
            {"prompt_layers", options.model.promptLayers},
            {"fixed_prompts", options.fixedPrompts},
            {"feature_precision", toString(options.featurePrecision)},
            {"warmup_epochs", options.warmupEpochs}};
}

Json prototypeArgs(const TrainOptions& options)
{
    const PrototypeRecipe& recipe = options.prototypes;
    Json args = {{"img_size", options.preprocess.fixedSide}, {"prototype_channels", recipe.channels}};
    if (options.model.head == HeadKind::Tree) {
        args.update(Json{{"depth", recipe.depth},
                         {"pruning_threshold_leaves", recipe.pruneBelow},
                         {"prototype_haste", recipe.haste}});
        return args;
    }
    args.update(Json{{"prototypes_per_class", recipe.perClass},
                     {"cluster_cost", recipe.cluster},
                     {"separation_cost", recipe.separation},
                     {"last_layer_penalty", recipe.lastLayerPenalty},
                     {"pushes", recipe.pushes},
                     {"last_layer_iterations", recipe.lastLayerIterations}});
    return args;
}

Json modelArgs(const ModelConfig& model)
{
    return {{"backbone", toString(model.backbone)},
            {"backbone_width", model.backboneWidth},
            {"stage", "layer" + std::to_string(model.lastStage)},
            {"dilation", model.dilation},
            {"head", toString(model.head)},
            {"position_embedding", toString(model.position)},
            {"hidden_dim", model.hiddenDim},
            {"nheads", model.heads},
            {"enc_layers", model.encoderLayers},
            {"dec_layers", model.decoderLayers},
            {"dim_feedforward", model.feedForward},
            {"num_queries", model.queries},
            {"pre_norm", model.preNorm}};
}

} // namespace

Json trainArgs(const TrainOptions& options, const TrainingSet& set)
{
    Json args = modelArgs(options.model);
    args.update(Json{{"lr", options.learningRate},
                     {"lr_backbone", options.backboneLearningRate},
                     {"batch_size", options.batchSize},
                     {"weight_decay", options.weightDecay},
                     {"epochs", options.epochs},
                     {"lr_drop", options.learningRateDrop},
                     {"lr_scheduler", toString(options.schedule)},
                     {"clip_max_norm", options.clip},
                     {"dropout", options.dropout},
                     {"head_dropout", options.headDropout},
                     {"seed", options.seed},
                     {"num_workers", options.workers},
                     {"device", options.device},
                     {"dataset_path", options.data.string()},
                     {"output_dir", options.out.string()},
                     {"finetune", options.finetune.string()},
                     {"state_dict", options.stateDict},
                     {"backbone_weights", options.backboneWeights.string()},
                     {"freeze_backbone", options.freezeBackbone},
                     {"batch_norm", options.batchNorm == BatchNormMode::Train ? "train" : "frozen"},
                     {"frozen_epochs", options.frozenEpochs},
                     {"augmentation", toString(options.augmentation)},
                     {"image_size", toString(options.preprocess)},
                     {"class_names", set.classNames},
                     {"data_hash", set.dataHash},
                     {"crop", set.crop},
                     {"training_command", options.command}});
    if (options.model.vit) {
        args.erase("backbone"); // there is none of these names
        args.update(vitArgs(options));
    } else {
        if (options.freezeBackbone && options.featurePrecision != FeaturePrecision::Half)
            args["feature_precision"] = std::string(toString(options.featurePrecision));
        if (options.schedule == Schedule::WarmCosine)
            args["warmup_epochs"] = options.warmupEpochs;
    }
    if (isPrototypeHead(options.model.head))
        args.update(prototypeArgs(options));
    // A path is any bytes, a checkpoint's text is UTF-8: better a replaced letter than a run that cannot be saved.
    return Json::parse(args.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json recipeOf(const Json& args)
{
    Json recipe = {{"epochs", args.at("epochs")}};
    for (const auto& [key, option] : keysOf(args))
        recipe[key] = args.value(key, Json());
    return recipe;
}

void requireSameRun(const Json& stored, const Json& now)
{
    if (!stored.is_object())
        throw Error(ErrorCode::Damaged, "args", "expected the options of the run in its checkpoint, got none",
                    "Start from its weights instead: --finetune");
    const auto compare = [&](const char* key, const char* option) {
        const bool isNew = std::string_view(key) == "head_dropout"; // earlier runs had none
        const Json was = stored.value(key, isNew ? Json(0.0) : Json());
        if (was != now.value(key, Json()))
            throw Error(ErrorCode::Mismatch, option,
                        "the run to resume has " + shortText(was) + ", got " + shortText(now.value(key, Json())),
                        "Repeat the command of the run with --resume, or choose another --out for a new run");
    };
    for (const auto& [key, option] : keysOf(now, stored))
        compare(key, option);
    if (now.at("lr_scheduler") != "step" || now.at("batch_norm") == "train" || now.contains("prototype_channels"))
        compare("epochs", "--epochs");
}

std::map<std::string, std::string> trainMetadata(const Json& args, const EpochReport& report)
{
    std::map<std::string, std::string> metadata = asMetadata(args);
    for (const char* local : {"dataset_path", "output_dir", "device", "num_workers"})
        metadata.erase(local); // of the machine, not of the model
    metadata["epoch"] = std::to_string(report.epoch);
    metadata["acc@1"] = std::to_string(report.accuracy1);
    metadata["acc@5"] = std::to_string(report.accuracy5);
    metadata["val_loss"] = std::to_string(report.valLoss);
    return metadata;
}

} // namespace ocellus
