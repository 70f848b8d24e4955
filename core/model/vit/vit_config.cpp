// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/vit/vit_config.h"

#include <string>

#include "core/base/error.h"
#include "core/model/named_kind.h"

namespace ocellus {

std::string_view toString(VitActivation activation)
{
    switch (activation) {
    case VitActivation::Gelu: return "gelu";
    case VitActivation::QuickGelu: return "quick_gelu";
    case VitActivation::SwiGlu: return "swiglu";
    }
    return "unknown";
}

std::string_view toString(PositionResampling resampling)
{
    switch (resampling) {
    case PositionResampling::Timm: return "timm";
    case PositionResampling::Dino: return "dino";
    case PositionResampling::Plain: return "plain";
    case PositionResampling::Bilinear: return "bilinear";
    }
    return "unknown";
}

VitActivation vitActivation(std::string_view name)
{
    return kindOf(name, {VitActivation::Gelu, VitActivation::QuickGelu, VitActivation::SwiGlu}, "activation");
}

PositionResampling positionResampling(std::string_view name)
{
    return kindOf(
        name,
        {PositionResampling::Timm, PositionResampling::Dino, PositionResampling::Plain, PositionResampling::Bilinear},
        "resampling");
}

void validate(const VitConfig& config)
{
    const auto refuse = [](const char* subject, const std::string& detail) {
        throw Error(ErrorCode::Mismatch, subject, detail);
    };
    if (config.patchSize < 1 || config.grid < 1 || config.width < 1 || config.depth < 1 || config.feedForward < 1 ||
        config.registers < 0 || config.classes < 0)
        refuse("architecture", "sizes and counts must be positive");
    if (config.heads < 1 || config.width % config.heads != 0)
        refuse("num_heads", "expected a divisor of the width " + std::to_string(config.width) + ", got " +
                                std::to_string(config.heads));
    if (config.distilledHead && !config.distillation)
        refuse("head_dist", "expected a distillation token with its head, got none");
    if (!(config.eps > 0 && config.eps < 1))
        refuse("eps", "expected a small positive number, got " + std::to_string(config.eps));
}

} // namespace ocellus
