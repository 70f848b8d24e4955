// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include <QImage>
#include <QMetaType>

#include "core/engine/decoding.h"
#include "core/engine/engine.h"
#include "core/image/picture.h"

namespace ocellus {

/// What a finished ViewRequest gives to the window.
struct ViewResult {
    std::uint64_t generation = 0;
    std::filesystem::path picturePath;
    QImage picture; ///< Format_RGB32, the original's size, upright
    Size inputSize; ///< after the resize
    std::shared_ptr<const Decoding> decoding;
    std::shared_ptr<const Decoding> full; ///< the same picture without a limit; equal to `decoding` where there is none
    EngineCounters counters;              ///< since the engine started
};

/// The class with the highest logit, without a limit.
struct Prediction {
    int classIndex = 0;
    float probability = 0;

    bool operator==(const Prediction&) const = default;
};

} // namespace ocellus

Q_DECLARE_METATYPE(ocellus::ViewResult)
Q_DECLARE_METATYPE(ocellus::Prediction)
Q_DECLARE_METATYPE(ocellus::DeviceReport)
Q_DECLARE_METATYPE(ocellus::ModelDescription)
