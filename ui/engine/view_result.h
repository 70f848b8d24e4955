// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include <QImage>
#include <QMetaType>

#include "core/edit/edit.h"
#include "core/engine/decoding.h"
#include "core/engine/encoding.h"
#include "core/engine/engine.h"
#include "core/engine/view_key.h"
#include "core/image/picture.h"
#include "core/image/picture_facts.h"

namespace ocellus {

/// A picture as it is shown: with its edits done.
struct ShownPicture {
    std::filesystem::path path;
    QImage original; ///< Format_RGB32, of the file, upright
    QImage picture;  ///< Format_RGB32, edited; shares the original's pixels where there are no edits
    EditList edits;
    ContentKey content;                       ///< of the original's pixels, see ViewKey::picture
    PictureFacts facts;                       ///< of the file
    std::filesystem::file_time_type fileTime; ///< when it was written last, before it was read
};

/// What a finished ViewRequest gives to the window.
struct ViewResult {
    std::uint64_t generation = 0;
    ViewKey key; ///< what `decoding` was computed for
    ShownPicture shown;
    Size inputSize;                           ///< of the edited picture after the resize
    Size beforeInputSize;                     ///< of the original
    bool isDraft = false;                     ///< computed at half the resolution; the exact result follows
    std::shared_ptr<const Encoding> encoding; ///< of the edited picture
    std::shared_ptr<const Decoding> decoding;
    std::shared_ptr<const Decoding> full; ///< the same without a limit; equal to `decoding` where there is none
    std::shared_ptr<const Decoding>
        before; ///< of the original, same limit; equal to `decoding` where nothing is edited
    std::shared_ptr<const Decoding>
        withoutIntervention; ///< before attention was changed by hand; else equal to `decoding`
    EngineCounters counters; ///< since the engine started

    bool isEdited() const { return !shown.edits.empty(); }
};

/// The class with the highest logit, without a limit.
struct Prediction {
    int classIndex = 0;
    float probability = 0;
    double energy = 0; ///< of all logits, see energy(): how little the model finds of any class
    double logit = 0;  ///< the highest

    bool operator==(const Prediction&) const = default;
};

} // namespace ocellus

Q_DECLARE_METATYPE(ocellus::ShownPicture)
Q_DECLARE_METATYPE(ocellus::ViewResult)
Q_DECLARE_METATYPE(ocellus::Prediction)
Q_DECLARE_METATYPE(ocellus::DeviceReport)
Q_DECLARE_METATYPE(ocellus::ModelDescription)
