// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/formula_source.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "core/base/named_draws.h"
#include "core/model/state_dict.h"

namespace ocellus {
namespace {

struct Bounds {
    double lo, hi;
};

/// Attention projections are widened and residual branches narrowed, so that tokens stay apart through the layers.
double gain(std::string_view name)
{
    if (name.ends_with("multihead_attn.in_proj_weight"))
        return 2.0;
    if (name.ends_with("self_attn.out_proj.weight"))
        return 0.2;
    if (name.ends_with("attn.qkv.weight"))
        return 1.5;
    const bool narrowed = name.ends_with("linear2.weight") || name.ends_with("attn.proj.weight") ||
                          name.ends_with("mlp.fc2.weight") || name.ends_with("mlp.w3.weight");
    return narrowed ? 0.5 : 1.0;
}

/// Parameters of a Vision Transformer that no layer owns.
constexpr std::array<std::string_view, 7> freeTokens{"cls_token",       "dist_token", "mask_token",       "reg_token",
                                                     "register_tokens", "pos_embed",  "prompt_embeddings"};

Bounds boundsOf(const TensorInfo& tensor, const TensorSource& source)
{
    const std::string_view name = tensor.name;
    const std::string_view module = name.substr(0, name.rfind('.'));
    const std::string_view lastModule = module.substr(module.rfind('.') + 1);
    const std::string_view leaf = name.substr(name.rfind('.') + 1);
    const bool isWeight = leaf == "weight";
    if (std::ranges::find(freeTokens, leaf) != freeTokens.end())
        return {-0.5, 0.5};
    if (leaf == "gamma")
        return {0.2, 0.6};
    if (name.ends_with(".running_mean"))
        return {-0.1, 0.1};
    if (name.ends_with(".running_var"))
        return {0.5, 1.5};
    if (source.find(std::string(module) + ".running_mean"))
        return isWeight ? Bounds{0.7, 1.0} : Bounds{-0.1, 0.1};
    if (name.ends_with("bias"))
        return {-0.05, 0.05};
    if (lastModule.starts_with("norm"))
        return {0.9, 1.1};
    if (name == "query_embed.weight")
        return {-2.0, 2.0};
    if (module.ends_with("_embed"))
        return {0.0, 1.0};
    double fanIn = 1;
    for (std::size_t axis = 1; axis < tensor.shape.size(); ++axis)
        fanIn *= static_cast<double>(tensor.shape[axis]);
    const double bound = gain(name) * std::sqrt(3.0 / fanIn);
    return {-bound, bound};
}

} // namespace

FormulaSource::FormulaSource(const ModelConfig& config) : FormulaSource(expectedTensors(config)) {}

FormulaSource::FormulaSource(std::vector<TensorInfo> tensors, std::string drawPrefix)
    : m_tensors(std::move(tensors)),
      m_drawPrefix(std::move(drawPrefix))
{
    std::ranges::sort(m_tensors, {}, &TensorInfo::name);
}

void FormulaSource::read(const TensorInfo& tensor, std::span<float> out) const
{
    const Bounds bounds = boundsOf(tensor, *this);
    fillByFormula(m_drawPrefix + tensor.name, bounds.lo, bounds.hi, out);
}

void fillByFormula(std::string_view name, double lo, double hi, std::span<float> out)
{
    const NamedDraws draws(name);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<float>(lo + (hi - lo) * draws.at(i));
}

} // namespace ocellus
