// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/image/preprocess_options.h"
#include "core/model/vit/vit_config.h"

namespace ocellus {

/// What somebody says of a model that no tensor tells, over what its file and the files beside it say.
struct ModelSettings {
    std::optional<int> heads; ///< of a Vision Transformer's blocks, divides its width
    std::optional<PositionResampling> resampling;
    std::optional<VitActivation> activation;
    std::optional<double> eps; ///< of its norms
    std::optional<PreprocessOptions> preprocess;
    std::optional<int> decoderHeads; ///< of INTR's decoder
    std::optional<bool> preNorm;     ///< the same

    bool operator==(const ModelSettings&) const = default;
    bool empty() const { return *this == ModelSettings(); }
};

/// A JSON object with the keys of `*.ocellus-model.json` (num_heads, position_resampling, activation, norm_eps,
/// preprocessing, nheads, pre_norm) in the order of their letters; an empty text for empty settings.
std::string toString(const ModelSettings& settings);

/// Reads what toString writes; other keys are left alone. Throws Error(Damaged, BadArgument) with `subject` for any
/// other text, and for values that no model can have.
ModelSettings parseModelSettings(std::string_view text, const std::string& subject = "model settings");

/// "num_heads 6, activation gelu", in the order of toString(): to stand beside maps.
std::string describe(const ModelSettings& settings);

} // namespace ocellus
