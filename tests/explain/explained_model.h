// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include <QTemporaryDir>

#include "core/engine/engine.h"
#include "core/explain/model_probe.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "core/model/state_dict.h"
#include "tests/explain/golden_arrays.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/support/oracle_config.h"

namespace ocellus {

/// A plain ResNet-18 whose weights are by the formula of torchvision's names, under ours.
class TorchvisionWeights : public TensorSource {
public:
    explicit TorchvisionWeights(int classes)
    {
        config.backbone = BackboneKind::ResNet18;
        config.head = HeadKind::Linear;
        config.queries = classes;
        m_tensors = expectedTensors(config);
        std::vector<TensorInfo> own = m_tensors;
        for (TensorInfo& tensor : own)
            tensor.name = ownName(tensor.name);
        m_own = FormulaSource(std::move(own));
    }

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        TensorInfo own = tensor;
        own.name = ownName(tensor.name);
        m_own.read(own, out);
    }

    ModelConfig config;

private:
    static std::string ownName(const std::string& name)
    {
        const std::string prefix = "backbone.0.body.";
        return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
    }

    std::vector<TensorInfo> m_tensors;
    FormulaSource m_own{std::vector<TensorInfo>{}};
};

/// A network of the oracle's, opened from a file as any other.
class ExplainedModel {
public:
    explicit ExplainedModel(const GoldenArrays& golden)
    {
        const std::filesystem::path path = m_folder.filePath("model.safetensors").toStdString();
        if (golden.hasMetadata("config")) {
            writeFormulaCheckpoint(path, oracleConfig(golden.metadata("config")));
        } else {
            const TorchvisionWeights weights(golden.metadata("classes"));
            writeSafetensors(path, weights, DType::Float32);
        }
        engine.open(path);
        const Size size{golden.metadata("image_width"), golden.metadata("image_height")};
        input = {size, size, std::vector<float>(3 * static_cast<std::size_t>(size.width * size.height)), {}};
        fillByFormula("image", -2, 2, input.values);
        input.key = contentKey(std::as_bytes(std::span(input.values)));
    }

    Engine engine;
    ModelProbe probe{engine};
    ModelInput input;

private:
    QTemporaryDir m_folder;
};

} // namespace ocellus
