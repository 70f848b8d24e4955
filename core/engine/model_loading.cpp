// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/model_loading.h"

#include <string>

#include "core/engine/checkpoint_hints.h"
#include "core/io/checkpoint.h"
#include "core/model/infer_config.h"
#include "core/model/state_dict.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

std::int64_t countParameters(const ModelConfig& config)
{
    std::int64_t count = 0;
    for (const TensorInfo& tensor : expectedTensors(config))
        if (!tensor.name.ends_with(".running_mean") && !tensor.name.ends_with(".running_var"))
            count += tensor.count();
    return count;
}

/// What the file holds besides the model.
void addRemarks(const StateDictOrigin& origin, std::vector<std::string>& remarks)
{
    if (const std::string others = othersText(origin); !others.empty())
        remarks.push_back("other state dicts of the file are not used: " + others);
    if (origin.leftOut > 0)
        remarks.push_back(std::to_string(origin.leftOut) + " tensors beside the model in its state dict are not used");
    if (!origin.settingsKey.empty() && origin.settingsKey != "args" && origin.settingsKey != "__metadata__")
        remarks.push_back("the training program's settings were taken from " + origin.settingsKey);
}

ModelDescription describe(const Checkpoint& checkpoint, const std::filesystem::path& path)
{
    CheckpointHints hints(checkpoint.args());
    const InferredConfig inferred = inferConfig(checkpoint, hints.declared());
    checkStateDict(inferred.config, checkpoint);

    ModelDescription description;
    description.path = path;
    description.format = checkpoint.format();
    description.fileBytes = checkpoint.fileBytes();
    description.config = inferred.config;
    description.assumed = inferred.assumed;
    description.parameters = countParameters(inferred.config);
    description.classNames = hints.classNames(inferred.config.queries);
    description.preprocess = hints.preprocess();
    description.training = hints.training();
    description.untrained = hints.untrained();
    description.field = receptiveField(inferred.config);
    description.stateDict = checkpoint.origin();
    description.remarks = hints.remarks();
    addRemarks(description.stateDict, description.remarks);
    return description;
}

} // namespace

LoadedModel loadModel(const std::filesystem::path& path, const std::string& stateDict, const Compute& compute,
                      const Progress& progress, const Engine::Acceptance& accept)
{
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(path, progress, stateDict);
    LoadedModel loaded;
    loaded.description = describe(*checkpoint, path);
    if (accept)
        accept(loaded.description);
    loaded.description.sha256 = sha256OfFile(path, progress);
    const ModelConfig& config = loaded.description.config;
    if (config.head == HeadKind::Linear)
        loaded.classifier = std::make_unique<const LinearClassifier>(config, *checkpoint, compute, progress);
    else
        loaded.intr = std::make_unique<const Intr>(config, *checkpoint, compute, progress);
    return loaded;
}

} // namespace ocellus
