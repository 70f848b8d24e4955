// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/formula_checkpoint.h"

#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"

namespace ocellus {

ModelConfig smallConfig(int classes)
{
    ModelConfig config;
    config.backbone = BackboneKind::ResNet18;
    config.hiddenDim = 32;
    config.heads = 4;
    config.encoderLayers = 2;
    config.decoderLayers = 2;
    config.feedForward = 64;
    config.queries = classes;
    return config;
}

void writeFormulaCheckpoint(const std::filesystem::path& path, const ModelConfig& config,
                            std::map<std::string, std::string> metadata)
{
    metadata.emplace("nheads", std::to_string(config.heads));
    metadata.emplace("dilation", config.dilation ? "true" : "false");
    metadata.emplace("pre_norm", config.preNorm ? "true" : "false");
    writeSafetensors(path, FormulaSource(config), DType::Float32, metadata);
}

} // namespace ocellus
