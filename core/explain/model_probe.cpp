// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/model_probe.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/engine/device.h"
#include "core/engine/model_loading.h"
#include "core/engine/softmax.h"
#include "core/explain/gradient_network.h"
#include "core/explain/source_parts.h"
#include "core/explain/stoppable_source.h"
#include "core/io/checkpoint.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {

struct ModelProbe::Impl {
    const ModelDescription& model() const
    {
        if (!engine.model())
            throw Error(ErrorCode::BadArgument, "checkpoint", "expected an open checkpoint, got none");
        return *engine.model();
    }

    GradientNetwork& network(const Progress& progress)
    {
        const ModelDescription& description = model();
        if (gradients && hash == description.sha256)
            return *gradients;
        gradients.reset();
        const ModelWeights weights =
            openWeights(description.path, engine.options().stateDict, description.given, progress);
        if (weights.checkpoint->files().size() < 2 && sha256OfFile(description.path, progress) != description.sha256)
            throw Error(ErrorCode::Mismatch, description.path.string(),
                        "expected the file that was opened, got another one", "Open the checkpoint again");
        gradients = std::make_unique<GradientNetwork>(description.config, StoppableSource(weights.source(), progress),
                                                      chooseCompute(engine.options()).device);
        hash = description.sha256;
        return *gradients;
    }

    Engine& engine;
    std::unique_ptr<GradientNetwork> gradients;
    std::string hash; // of the file that it was loaded from
};

ModelProbe::ModelProbe(Engine& engine) : m_impl(std::make_unique<Impl>(Impl{engine, nullptr, {}})) {}

ModelProbe::~ModelProbe() = default;

const ModelDescription& ModelProbe::model() const
{
    return m_impl->model();
}

std::vector<float> ModelProbe::logits(std::vector<float> values, Size size, const Progress& progress)
{
    return m_impl->engine.logits(inputOf(std::move(values), size), progress);
}

std::vector<float> ModelProbe::probabilities(std::vector<float> values, Size size, const Progress& progress)
{
    return softmax(logits(std::move(values), size, progress));
}

std::vector<std::vector<float>> ModelProbe::probabilitiesOfAll(std::vector<std::vector<float>> pictures, Size size,
                                                               const Progress& progress)
{
    std::vector<ModelInput> inputs;
    for (std::vector<float>& values : pictures)
        inputs.push_back(inputOf(std::move(values), size));
    std::vector<std::vector<float>> all = m_impl->engine.logits(inputs, progress);
    std::ranges::transform(all, all.begin(), [](const std::vector<float>& logits) { return softmax(logits); });
    return all;
}

std::size_t ModelProbe::picturesAtOnce() const
{
    return m_impl->engine.picturesAtOnce();
}

std::vector<BackboneStage> ModelProbe::stages() const
{
    return backboneStages(model().config);
}

BackboneStage ModelProbe::stage(const std::string& name) const
{
    std::vector<BackboneStage> all = stages();
    if (all.empty()) // of a Vision Transformer the patches, where they are read last
        all.push_back({"grid", 0, model().field});
    std::string names = "grid";
    for (const BackboneStage& stage : all) {
        if (stage.name == name)
            return stage;
        if (stage.name != "grid")
            names += ", " + stage.name;
    }
    if (name != "grid")
        throw Error(ErrorCode::BadArgument, "stage", "expected one of " + names + ", got " + name);
    return all.back();
}

std::unique_ptr<const GradientTrace> ModelProbe::trace(const ModelInput& input, const BackboneStage& stage,
                                                       const Progress& progress)
{
    GradientNetwork& network = m_impl->network(progress);
    if (model().config.vit) {
        at::Tensor pixels = at::empty({1, 3, input.inputSize.height, input.inputSize.width}, at::kFloat);
        std::ranges::copy(input.values, pixels.data_ptr<float>());
        return network.traceOfPatches(pixels, stage.field, progress);
    }
    Engine::Grid grid = m_impl->engine.grid(input, stage.blocks, progress);
    return network.trace(at::from_blob(grid.values.data(), {1, grid.channels, grid.rows, grid.columns}, at::kFloat),
                         stage, progress);
}

} // namespace ocellus
