// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "core/image/preprocess_options.h"

namespace ocellus {

/// Per channel, what is subtracted from values of 0 to 1 and what they are divided by.
struct NormalisationValues {
    std::array<float, 3> mean;
    std::array<float, 3> deviation;
};

constexpr NormalisationValues valuesOf(Normalisation normalisation)
{
    switch (normalisation) {
    case Normalisation::ImageNet: return {{0.485F, 0.456F, 0.406F}, {0.229F, 0.224F, 0.225F}};
    case Normalisation::Half: return {{0.5F, 0.5F, 0.5F}, {0.5F, 0.5F, 0.5F}};
    case Normalisation::Clip: break;
    }
    return {{0.48145466F, 0.4578275F, 0.40821073F}, {0.26862954F, 0.26130258F, 0.27577711F}};
}

} // namespace ocellus
