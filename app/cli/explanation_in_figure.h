// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/edit/pixel_box.h"
#include "core/engine/engine.h"
#include "core/image/decode.h"
#include "ui/figures/explanation.h"

namespace ocellus {

/// What a figure is of: a model's answer on a picture.
struct FigureSubject {
    const ModelDescription& model;
    const DecodedPicture& decoded; ///< what was shown to it; outlives the explanation, which shares its pixels
    std::shared_ptr<const Decoding> decoding;
    PreprocessOptions preprocess;
    Size inputSize;
    std::optional<PixelBox> crop; ///< of the file, that was shown
    std::string pictureName;
};

/// How the figures of a run are drawn.
struct FigureChoice {
    std::optional<int> layer;                       ///< from 0; nothing: the last
    OverlayRule overlay = OverlayRule::Transparent; ///< of honest figures
    bool boxes = false;                             ///< around what prototypes find, as published
};

/// All that a figure shows and says but for the class, patches and what a command knows besides, with all that stands
/// beside its numbers: what is assumed of the model, the crop, an input of another size, a model without training.
Explanation explanationInFigure(const FigureSubject& subject, const FigureChoice& choice);

} // namespace ocellus
