// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/model_loading.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/engine/checkpoint_hints.h"
#include "core/engine/model_companions.h"
#include "core/image/preprocess_options.h"
#include "core/io/checkpoint.h"
#include "core/io/text.h"
#include "core/model/infer_config.h"
#include "core/model/model_family.h"
#include "core/model/state_dict.h"
#include "core/model/torch_headers.h"
#include "core/model/vit/hugging_face_names.h"

namespace ocellus {
namespace {

std::int64_t countParameters(const std::vector<TensorInfo>& tensors)
{
    std::int64_t count = 0;
    for (const TensorInfo& tensor : tensors)
        if (!tensor.name.starts_with('.') && !tensor.name.ends_with(".running_mean") &&
            !tensor.name.ends_with(".running_var"))
            count += tensor.count();
    return count;
}

/// A file's model and its kind.
struct Recognised {
    const ModelFamily* family = nullptr;
    RecognisedModel model;

    const TensorSource& source(const Checkpoint& checkpoint) const
    {
        return model.renamed ? *model.renamed : checkpoint;
    }
};

Recognised recognise(const Checkpoint& checkpoint, const DeclaredArgs& declared)
{
    for (const ModelFamily& family : modelFamilies())
        if (std::optional<RecognisedModel> model = family.recognise(checkpoint, declared))
            return {&family, std::move(*model)};
    inferConfig(checkpoint, declared); // names what it is instead
    throw Error(ErrorCode::Internal, "checkpoint", "expected a kind of model that recognises it, got none");
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

/// A Vision Transformer is nothing without the pixels that it was trained on.
void assumeTheRest(const RecognisedModel& model, ModelDescription& description)
{
    if (!description.preprocess) {
        description.preprocess = parsePreprocess(model.usualPreprocessing);
        if (!model.config.prototypes) // whose own rule it is: only its size may be assumed
            description.assumed.emplace_back("preprocessing");
    }
    if (description.classNames.empty())
        description.assumed.emplace_back("class_names");
}

/// A tensor alone says nothing to who has a file.
void requireTensors(const std::vector<TensorInfo>& expected, const TensorSource& source, const ModelFamily& family,
                    const std::filesystem::path& path)
{
    try {
        checkTensors(expected, source);
    } catch (const Error& error) {
        throw Error(error.code(), path.string(),
                    "by its tensors' names this is a model of the kind " + std::string(family.name) + ", but " +
                        error.subject() + " does not fit the others: " + error.detail(),
                    "Only the published architectures can be opened: where this one was not changed, the file is "
                    "damaged; get it anew");
    }
}

ModelDescription describe(const Checkpoint& checkpoint, const std::filesystem::path& path, CheckpointHints& hints,
                          const Recognised& recognised)
{
    const ModelFamily& family = *recognised.family;
    const RecognisedModel& model = recognised.model;
    const std::vector<TensorInfo> expected = family.tensors(model.config);
    requireTensors(expected, recognised.source(checkpoint), family, path);

    ModelDescription description;
    description.path = path;
    description.format = checkpoint.format();
    description.fileBytes = checkpoint.fileBytes();
    description.config = model.config;
    description.offer = family.offer(model.config);
    description.offer.family = family.name;
    description.assumed = model.assumed;
    description.layout = model.layout;
    description.parameters = countParameters(expected);
    description.classNames =
        description.offer.hasLogits ? hints.classNames(description.offer.classes) : description.offer.rowNames;
    description.preprocess = hints.preprocess();
    if (description.preprocess)
        std::erase(description.assumed, "img_size");
    if (!model.usualPreprocessing.empty())
        assumeTheRest(model, description);
    description.training = hints.training();
    description.untrained = hints.untrained();
    description.field = description.offer.field;
    description.stateDict = checkpoint.origin();
    description.remarks = hints.remarks();
    addRemarks(description.stateDict, description.remarks);
    if (!model.unused.empty())
        description.remarks.push_back(
            "tensors that are no part of the network are not used: " + std::to_string(model.unused.size()) +
            ", the first " + excerpt(model.unused.front()));
    return description;
}

void addPictures(const CheckpointHints& hints, ModelDescription& description)
{
    const auto& prototypes = description.config.prototypes;
    if (!prototypes)
        return;
    const PictureOwner owner{hints.prototypePictures(), description.sha256};
    description.prototypePictures = prototypes->tree
                                        ? findNodePictures(description.path, *prototypes->tree, owner)
                                        : findPrototypePictures(description.path, prototypes->prototypes, owner);
    std::ranges::copy(description.prototypePictures.remarks, std::back_inserter(description.remarks));
}

/// Of the file, or of the hashes of all parts.
std::string hashOf(const Checkpoint& checkpoint, const std::filesystem::path& path, const Progress& progress)
{
    const std::vector<std::filesystem::path> parts = checkpoint.files();
    if (parts.size() < 2)
        return sha256OfFile(parts.empty() ? path : parts.front(), progress);
    std::string hashes;
    for (const std::filesystem::path& part : parts)
        hashes += sha256OfFile(part, progress) + "\n";
    return sha256(hashes);
}

/// What is said of a model: by its file, by what lies beside it, and over both by the user.
ModelCompanions said(const Checkpoint& checkpoint, const std::filesystem::path& path, const ModelSettings& given)
{
    ModelCompanions companions = readCompanions(path, checkpoint.args(), hasHuggingFaceNames(checkpoint));
    if (!given.empty())
        companions.settings.update(nlohmann::json::parse(toString(given)));
    return companions;
}

Recognised recognise(const Checkpoint& checkpoint, CheckpointHints& hints)
{
    DeclaredArgs declared = hints.declared();
    declared.object = &checkpoint.object();
    return recognise(checkpoint, declared);
}

} // namespace

const TensorSource& ModelWeights::source() const
{
    if (renamed)
        return *renamed;
    return *checkpoint;
}

ModelWeights openWeights(const std::filesystem::path& path, const std::string& stateDict, const ModelSettings& given,
                         const Progress& progress)
{
    ModelWeights weights{Checkpoint::open(path, progress, stateDict), nullptr};
    const ModelCompanions companions = said(*weights.checkpoint, path, given);
    CheckpointHints hints(companions.settings);
    weights.renamed = std::move(recognise(*weights.checkpoint, hints).model.renamed);
    return weights;
}

LoadedModel loadModel(const std::filesystem::path& path, const std::string& stateDict, const ModelSettings& given,
                      const Compute& compute, const Progress& progress, const Engine::Acceptance& accept)
{
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(path, progress, stateDict);
    const ModelCompanions companions = said(*checkpoint, path, given);
    CheckpointHints hints(companions.settings);
    const Recognised recognised = recognise(*checkpoint, hints);
    LoadedModel loaded;
    loaded.description = describe(*checkpoint, path, hints, recognised);
    loaded.description.given = given;
    std::ranges::copy(companions.remarks, std::back_inserter(loaded.description.remarks));
    if (accept)
        accept(loaded.description);
    loaded.description.sha256 = hashOf(*checkpoint, path, progress);
    addPictures(hints, loaded.description);
    loaded.model = recognised.family->load(recognised.model.config, recognised.source(*checkpoint), compute, progress);
    return loaded;
}

} // namespace ocellus
