// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/formula_source.h"

#include <cmath>
#include <string>

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
    return name.ends_with("linear2.weight") ? 0.5 : 1.0;
}

Bounds boundsOf(const TensorInfo& tensor, const TensorSource& source)
{
    const std::string_view name = tensor.name;
    const std::string_view module = name.substr(0, name.rfind('.'));
    const std::string_view lastModule = module.substr(module.rfind('.') + 1);
    const bool isWeight = name.ends_with(".weight");
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

FormulaSource::FormulaSource(const ModelConfig& config) : m_tensors(expectedTensors(config)) {}

void FormulaSource::read(const TensorInfo& tensor, std::span<float> out) const
{
    const Bounds bounds = boundsOf(tensor, *this);
    fillByFormula(tensor.name, bounds.lo, bounds.hi, out);
}

void fillByFormula(std::string_view name, double lo, double hi, std::span<float> out)
{
    const NamedDraws draws(name);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<float>(lo + (hi - lo) * draws.at(i));
}

} // namespace ocellus
