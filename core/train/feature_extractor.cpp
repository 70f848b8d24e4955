// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/feature_extractor.h"

#include <vector>

#include "core/engine/device.h"
#include "core/image/preprocess.h"
#include "core/model/backbone.h"
#include "core/model/receptive_field.h"
#include "core/model/vit/vit.h"
#include "core/train/hash_of_tensors.h"
#include "core/train/torch_optimizer_headers.h"

namespace ocellus {
namespace {

const std::string body = "backbone.0.body.";
const std::string fixedPrompts = "readout.vpt.fixed_embeddings";

at::Tensor pixelsOf(const ModelInput& input, const Compute& compute)
{
    return at::from_blob(const_cast<float*>(input.values.data()), {1, 3, input.inputSize.height, input.inputSize.width},
                         at::kFloat)
        .to(compute.device);
}

/// Of [1, channels, rows, columns].
Features featuresOf(const at::Tensor& grid)
{
    const at::Tensor host = grid.to(at::kCPU, at::kFloat).contiguous();
    Features features{
        static_cast<int>(host.size(1)), static_cast<int>(host.size(2)), static_cast<int>(host.size(3)), {}};
    features.values.assign(host.data_ptr<float>(), host.data_ptr<float>() + host.numel());
    return features;
}

class ConvolutionalExtractor : public FeatureExtractor {
public:
    ConvolutionalExtractor(const TrainOptions& options, const TensorSource& source)
        : m_weights(source, m_silent),
          m_compute(chooseCompute({.device = options.device, .threads = options.threads})),
          m_backbone(options.model, m_weights, m_compute)
    {
    }

    Features run(const ModelInput& input, const Progress& progress) const override
    {
        const c10::InferenceMode inference;
        return featuresOf(m_backbone.run(pixelsOf(input, m_compute), progress));
    }

private:
    Progress m_silent;
    Weights m_weights;
    Compute m_compute;
    Backbone m_backbone;
};

/// The head is trained, so that it is none of the backbone's.
VitConfig withoutHead(VitConfig config)
{
    config.classes = 0;
    config.distilledHead = false;
    return config;
}

class VitExtractor : public FeatureExtractor {
public:
    VitExtractor(const TrainOptions& options, const TensorSource& source)
        : m_weights(source, m_silent),
          m_compute(chooseCompute({.device = options.device, .threads = options.threads})),
          m_head(options.model.head),
          m_readRows(options.model.vit->distilledHead ? 2 : 1),
          m_vit(withoutHead(*options.model.vit), m_weights, m_compute, body)
    {
        if (!source.find(fixedPrompts))
            return;
        const at::Tensor prompts = m_weights.take(fixedPrompts).to(m_compute.device);
        for (std::int64_t i = 0; i < prompts.size(0); ++i)
            m_prompts.push_back(m_vit.blocks()[static_cast<std::size_t>(i)].project(prompts[i]));
    }

    Features run(const ModelInput& input, const Progress& progress) const override
    {
        const c10::InferenceMode inference;
        const at::Tensor pixels = pixelsOf(input, m_compute);
        if (m_head == HeadKind::Prompts)
            return featuresOf(entering(pixels, progress).t().reshape({1, m_vit.config().width, 1, -1}));
        if (m_head == HeadKind::None) {
            const Vit::Tokens tokens = m_vit.embed(pixels);
            const at::Tensor read = m_vit.normed(
                m_vit.runBlocks(0, m_vit.blocks().size(), tokens.values, progress).slice(0, 0, m_readRows));
            return featuresOf(read.t().reshape({1, m_vit.config().width, 1, -1}));
        }
        return featuresOf(m_vit.run(pixels, progress));
    }

private:
    /// The tokens [T, D] that enter the first block whose prompts are trained.
    at::Tensor entering(const at::Tensor& pixels, const Progress& progress) const
    {
        at::Tensor x = m_vit.embed(pixels).values;
        for (std::size_t i = 0; i < m_prompts.size(); ++i) {
            const VitBlock& block = m_vit.blocks()[i];
            x = block.runBeside(x, block.project(x), m_prompts[i], progress);
        }
        return x;
    }

    Progress m_silent;
    Weights m_weights;
    Compute m_compute;
    HeadKind m_head;
    std::int64_t m_readRows; // of the tokens, by a linear head
    Vit m_vit;
    std::vector<VitBlock::Projection> m_prompts; // of each block whose prompts are constant
};

/// What the weights of a Vision Transformer do not tell.
std::string settingsOf(const TrainOptions& options)
{
    const VitConfig& vit = *options.model.vit;
    const bool isPrompted = options.model.head == HeadKind::Prompts;
    const std::string place = isPrompted                             ? "block " + std::to_string(options.fixedPrompts)
                              : options.model.head == HeadKind::None ? "[CLS]"
                                                                     : "patches";
    return " " + place + " " + std::to_string(vit.heads) + " " + std::string(toString(vit.resampling)) + " " +
           std::string(toString(vit.activation)) + " " + std::to_string(vit.eps * 1e6);
}

} // namespace

std::unique_ptr<const FeatureExtractor> FeatureExtractor::make(const TrainOptions& options, const TensorSource& weights)
{
    if (options.model.vit)
        return std::make_unique<const VitExtractor>(options, weights);
    return std::make_unique<const ConvolutionalExtractor>(options, weights);
}

std::string hashOfFrozen(const TrainOptions& options, const TensorSource& weights)
{
    const auto isFrozen = [](const TensorInfo& tensor) {
        return tensor.name.starts_with(body) || tensor.name == fixedPrompts;
    };
    return hashOfTensors(weights, isFrozen) + (options.model.dilation ? " dilated" : "") +
           (options.model.vit ? settingsOf(options) : std::string());
}

std::uintmax_t featureValues(const TrainOptions& options, Size picture)
{
    const ModelConfig& model = options.model;
    const Size input = inputPlace(picture, options.preprocess).input;
    const auto channels = static_cast<std::uintmax_t>(backboneChannels(model));
    const auto stride = static_cast<std::uintmax_t>(receptiveField(model).stride);
    const auto cells = [&](int side) {
        const auto pixels = static_cast<std::uintmax_t>(side);
        return model.vit ? pixels / stride : (pixels + stride - 1) / stride;
    };
    const std::uintmax_t grid = cells(input.width) * cells(input.height);
    if (!model.vit || model.head == HeadKind::Shared || model.head == HeadKind::PerClass)
        return channels * grid;
    if (model.head == HeadKind::None)
        return channels * (model.vit->distilledHead ? 2 : 1);
    return channels * (grid + static_cast<std::uintmax_t>(model.vit->prefix()));
}

} // namespace ocellus
