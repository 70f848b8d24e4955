// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/analysis/evaluation.h"
#include "core/analysis/novelty_study.h"
#include "core/base/progress.h"
#include "core/data/labelled_pictures.h"
#include "core/engine/engine.h"
#include "core/image/decode.h"
#include "core/image/preprocess_options.h"

namespace ocellus {

/// How files become what a model is asked about.
struct AskingSettings {
    PreprocessOptions preprocess;
    DecodeOptions decode;
};

/// An engine's options for many pictures, none of which is seen twice, and each of which has a thread: no core waits
/// for another at the end of every layer, and the numbers do not depend on how many cores there are. See
/// picturesAtATime().
EngineOptions askingOptions(EngineOptions options);

/// A picture as the model takes it.
struct PreparedPicture {
    PictureFacts facts;
    ModelInput input;
};

/// Reads the picture, cuts its crop out and resizes it. Throws what decodePicture and shownPart throw.
PreparedPicture prepare(const LabelledPicture& picture, const AskingSettings& settings, const Progress& progress = {});

/// What the model says of all its classes. `trueClass` as in AskedPicture.
AskedPicture askedOf(const Decoding& decoding, int trueClass);

/// prepare(), and the model's answer. Throws what these and the engine throw.
AskedPicture ask(Engine& engine, const LabelledPicture& picture, const AskingSettings& settings,
                 const Progress& progress, PictureFacts* facts = nullptr);

/// One picture of a known class with what a model says of it.
struct EvaluatedOne {
    LabelledPicture picture;
    PictureOutcome outcome;
    AskedPicture asked;
};

} // namespace ocellus
