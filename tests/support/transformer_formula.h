// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/formula_source.h"

namespace ocellus {

/// The reference's weights by formula for prototypes and concepts behind a Vision Transformer, by the released names.
class TransformerFormula : public TensorSource {
public:
    explicit TransformerFormula(std::vector<TensorInfo> tensors) : m_sorted(std::move(tensors)) {}

    const std::vector<TensorInfo>& tensors() const override { return m_sorted.tensors(); }

    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        const std::string_view name = tensor.name;
        const std::string_view leaf = name.substr(name.rfind('.') + 1);
        for (const auto& [own, low, high] : ranges)
            if (leaf == own)
                return fillByFormula(name, low, high, out);
        if (leaf == "bias")
            return fillByFormula(name, -0.05, 0.05, out);
        const std::string_view module = name.substr(0, name.rfind('.'));
        if (module.substr(module.rfind('.') + 1).starts_with("norm"))
            return fillByFormula(name, 0.9, 1.1, out);
        double fanIn = 1;
        for (std::size_t axis = 1; axis < tensor.shape.size(); ++axis)
            fanIn *= static_cast<double>(tensor.shape[axis]);
        const double bound = gainOf(name) * std::sqrt(3.0 / fanIn);
        fillByFormula(name, -bound, bound, out);
    }

private:
    struct Range {
        std::string_view name;
        double low, high;
    };
    static constexpr std::array ranges{Range{"prototype_vectors", 0.2, 0.8},
                                       Range{"prototype_vectors_global", 0.2, 0.8},
                                       Range{"ones", 1.0, 1.0},
                                       Range{"cls_token", -1.0, 1.0},
                                       Range{"pos_embed", -1.0, 1.0},
                                       Range{"concepts", -1.0, 1.0},
                                       Range{"spatial_concepts", -1.0, 1.0},
                                       Range{"gamma_1", 0.3, 0.5},
                                       Range{"gamma_2", 0.3, 0.5}};

    static double gainOf(std::string_view name)
    {
        if (name.find("add_on") != std::string_view::npos)
            return 3;
        if (name.ends_with("qkv.weight"))
            return 2;
        for (const std::string_view end : {".q.weight", ".k.weight", ".kv.weight", "proj_l.weight"})
            if (name.ends_with(end))
                return 3;
        return 1;
    }

    FormulaSource m_sorted;
};

} // namespace ocellus
