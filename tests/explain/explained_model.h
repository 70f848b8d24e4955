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

/// The tensors of a plain classifier as torchvision itself names them.
inline std::vector<TensorInfo> torchvisionTensors(const ModelConfig& config)
{
    const std::string prefix = "backbone.0.body.";
    std::vector<TensorInfo> tensors = expectedTensors(config);
    for (TensorInfo& tensor : tensors) {
        if (tensor.name.starts_with(prefix))
            tensor.name.erase(0, prefix.size());
        else if (!isResnet(config.backbone))
            tensor.name.replace(0, 2, "classifier.1"); // "fc"
    }
    return tensors;
}

inline ModelConfig plainClassifier(int classes, BackboneKind backbone = BackboneKind::ResNet18)
{
    ModelConfig config;
    config.backbone = backbone;
    config.head = HeadKind::Linear;
    config.queries = classes;
    return config;
}

/// A network of the oracle's, opened from a file as any other.
class ExplainedModel {
public:
    explicit ExplainedModel(const GoldenArrays& golden)
    {
        const std::filesystem::path path = m_folder.filePath("model.safetensors").toStdString();
        if (golden.hasMetadata("config")) {
            writeFormulaCheckpoint(path, oracleConfig(golden.metadata("config")));
        } else {
            const ModelConfig config = plainClassifier(golden.metadata("classes"));
            writeSafetensors(path, FormulaSource(torchvisionTensors(config)), DType::Float32);
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
