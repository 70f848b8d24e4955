// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/picture_asking.h"

#include <utility>

#include "core/dataset/dataset_listing.h"
#include "core/image/preprocess.h"

namespace ocellus {

EngineOptions askingOptions(EngineOptions options)
{
    options.threads = 1;
    options.encodingCacheBytes = options.decodingCacheBytes = 0;
    options.followEdits = false;
    return options;
}

PreparedPicture prepare(const LabelledPicture& picture, const AskingSettings& settings, const Progress& progress)
{
    DecodedPicture decoded = decodeWithFacts(picture.file.path, settings.decode, progress);
    return {decoded.facts,
            preprocess(shownPart(std::move(decoded.picture), picture.crop, picture.file.path), settings.preprocess)};
}

AskedPicture askedOf(const Decoding& decoding, int trueClass)
{
    AskedPicture asked;
    asked.trueClass = trueClass;
    asked.logits = decoding.logits();
    if (decoding.extent().layers > 0 && decoding.extent().hiddenDim > 0) {
        const std::span<const float> output = decoding.output(asked.predicted());
        asked.output.assign(output.begin(), output.end());
    }
    return asked;
}

AskedPicture ask(Engine& engine, const LabelledPicture& picture, const AskingSettings& settings,
                 const Progress& progress, PictureFacts* facts)
{
    progress.at(Stage::Read, 0.0);
    const PreparedPicture prepared = prepare(picture, settings, progress);
    if (facts)
        *facts = prepared.facts;
    progress.at(Stage::Preprocess, 1.0);
    const auto encoding = engine.encode(prepared.input, progress);
    return askedOf(*engine.decode(encoding, {}, progress), picture.classIndex);
}

} // namespace ocellus
