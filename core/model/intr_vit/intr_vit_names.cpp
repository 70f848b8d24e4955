// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/intr_vit/intr_vit_names.h"

#include <charconv>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.h"

namespace ocellus {
namespace {

constexpr std::string_view body = "backbone.0.body.";
constexpr std::string_view encodersBody = "transformer.encoder.";
constexpr std::string_view encodersProjection = "transformer.encoder_head.encoder_linear_transform.";
constexpr std::string_view encodersVector = "query_transform.";
constexpr std::string_view encodersVectors = "query_classifiers.";

using Part = MappedTensor::Part;

/// INTR-FC's linear layers, one a class, as the rows of one.
class ClassVectors {
public:
    /// Takes "query_classifiers.12.weight"; false for any other name.
    bool take(const TensorInfo& tensor)
    {
        const std::string_view name = tensor.name;
        if (!name.starts_with(encodersVectors))
            return false;
        const std::string_view rest = name.substr(encodersVectors.size());
        int index = -1;
        const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), index);
        const std::string_view leaf(end, static_cast<std::size_t>(rest.data() + rest.size() - end));
        if (failure != std::errc() || index < 0 || (leaf != ".weight" && leaf != ".bias"))
            return false;
        m_rows[std::string(leaf)][index] = &tensor;
        return true;
    }

    void addTo(std::vector<MappedTensor>& tensors) const
    {
        for (const auto& [leaf, rows] : m_rows) {
            if (rows.rbegin()->first != static_cast<int>(rows.size()) - 1)
                throw Error(ErrorCode::Mismatch, rows.rbegin()->second->name,
                            "expected a vector for each class up to this one, got " + std::to_string(rows.size()));
            std::vector<Part> parts;
            for (const auto& [index, tensor] : rows) {
                // An extent beside a 0 has no bound.
                if (tensor->count() == 0)
                    throw Error(ErrorCode::Mismatch, tensor->name,
                                "expected a vector, got the empty " + shapeText(tensor->shape));
                parts.push_back({tensor});
            }
            std::vector<std::int64_t> shape = parts.front().tensor->shape;
            if (!shape.empty())
                shape[0] = static_cast<std::int64_t>(parts.size());
            tensors.emplace_back("presence_vector" + leaf, std::move(shape), std::move(parts));
        }
    }

private:
    std::map<std::string, std::map<int, const TensorInfo*>> m_rows; // by ".weight" and ".bias"
};

void addEncodersTensor(const TensorInfo& tensor, std::vector<MappedTensor>& tensors)
{
    const std::string_view name = tensor.name;
    if (name.starts_with(encodersProjection)) {
        std::vector<std::int64_t> shape = tensor.shape;
        if (shape.size() == 2)
            shape.insert(shape.end(), 2, 1);
        tensors.emplace_back("input_proj." + std::string(name.substr(encodersProjection.size())), std::move(shape),
                             std::vector<Part>{{&tensor}});
    } else if (name.starts_with(encodersVector)) {
        tensors.emplace_back("presence_vector." + std::string(name.substr(encodersVector.size())), tensor);
    } else {
        tensors.emplace_back(tensor.name, tensor);
    }
}

} // namespace

std::optional<VitNames> intrVitNames(const TensorSource& source)
{
    if (!source.find("query_embed.weight"))
        return std::nullopt;
    std::optional<VitNames> names = vitNames(source, body);
    const bool isEncoders = !names;
    const std::string_view prefix = isEncoders ? encodersBody : body;
    if (isEncoders)
        names = vitNames(source, prefix);
    if (!names)
        return std::nullopt;
    if (isEncoders)
        names->layout = "INTR-Encoders";
    std::erase_if(names->tensors, [&](MappedTensor& tensor) {
        const bool isHead = tensor.info.name.starts_with("head.") || tensor.info.name.starts_with("head_dist.");
        if (isHead && !tensor.parts.empty())
            names->unused.push_back(tensor.parts.front().tensor->name);
        tensor.info.name = std::string(body) + tensor.info.name;
        return isHead;
    });
    ClassVectors vectors;
    for (const TensorInfo& tensor : source.tensors()) {
        if (tensor.name.starts_with(prefix) || vectors.take(tensor))
            continue;
        if (isEncoders)
            addEncodersTensor(tensor, names->tensors);
        else
            names->tensors.emplace_back(tensor.name, tensor);
    }
    vectors.addTo(names->tensors);
    return names;
}

} // namespace ocellus
