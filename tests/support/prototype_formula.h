// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/formula_source.h"

namespace ocellus {

/// The reference's weights by formula for models with prototypes: those of FormulaSource, with wider ranges for what
/// INTR does not have, so that prototypes stay apart.
class PrototypeFormula : public TensorSource {
public:
    explicit PrototypeFormula(std::vector<TensorInfo> tensors) : m_rest(std::move(tensors)) {}

    const std::vector<TensorInfo>& tensors() const override { return m_rest.tensors(); }

    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        const std::string_view name = tensor.name;
        const std::string_view leaf = name.substr(name.rfind('.') + 1);
        for (const auto& [own, low, high] : ranges)
            if (leaf == own)
                return fillByFormula(name, low, high, out);
        if (name.find("add_on") == std::string_view::npos || !name.ends_with("weight"))
            return m_rest.read(tensor, out);
        const double bound = 3 * std::sqrt(3.0 / static_cast<double>(tensor.shape[1]));
        fillByFormula(name, -bound, bound, out);
    }

private:
    struct Range {
        std::string_view name;
        double low, high;
    };
    static constexpr std::array ranges{Range{"prototype_vectors", 0.2, 0.8}, Range{"ones", 1.0, 1.0},
                                       Range{"_dist_params", -4.0, 4.0}};

    FormulaSource m_rest;
};

} // namespace ocellus
