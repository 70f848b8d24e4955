// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the untrained sample: make_sample FILE.safetensors
#include <cstdio>
#include <exception>

#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: make_sample FILE.safetensors\n");
        return 2;
    }
    ocellus::ModelConfig config;
    config.backbone = ocellus::BackboneKind::ResNet18;
    config.hiddenDim = 128;
    config.encoderLayers = 2;
    config.decoderLayers = 4;
    config.feedForward = 512;
    config.queries = 12;
    try {
        ocellus::writeSafetensors(argv[1], ocellus::FormulaSource(config), ocellus::DType::Float16,
                                  {{"nheads", "8"}, {"pre_norm", "false"}, {"untrained", "true"}});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
