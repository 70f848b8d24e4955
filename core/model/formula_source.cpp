// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/formula_source.h"

#include <cmath>
#include <string>

#include "core/model/state_dict.h"

namespace ocellus {
namespace {

std::uint64_t fnv1a64(std::string_view text)
{
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const char character : text)
        hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001B3;
    return hash;
}

std::uint64_t splitmix64(std::uint64_t state)
{
    std::uint64_t z = state + 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

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
    const std::uint64_t hash = fnv1a64(name);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double v = static_cast<double>(splitmix64(hash + i) >> 40) / 16777216.0;
        out[i] = static_cast<float>(lo + (hi - lo) * v);
    }
}

} // namespace ocellus
