// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/analysis/colour_map.h"
#include "core/image/sample_range.h"

namespace ocellus {

enum class Theme { System, Light, Dark };

/// What is opened where the program is started without files.
enum class StartWith { Sample, LastSession, Nothing };

/// What the settings dialog edits; the defaults are the program's.
struct SettingsValues {
    QString device = QStringLiteral("auto"); ///< "auto", "cpu", "cuda" or "cuda:1"
    int threads = 0;                         ///< 0: all cores
    bool tf32 = false;                       ///< CUDA only
    bool half = false;                       ///< CUDA only
    bool ignoreExif = false;                 ///< leave pictures as stored, as the released code does
    SampleRange range;                       ///< of pictures of 16 bits
    bool convertToSrgb = false;              ///< from a picture's own colour profile
    bool modelsOwnSize = true;               ///< where a checkpoint declares one, it goes before the next three
    int shortSide = 800;                     ///< pixels of the model's input, at least 1
    int longSide = 1333;                     ///< at least shortSide
    int fixedSide = 0;                       ///< of a square; 0: the two above
    ColourMap colourMap = ColourMap::Viridis;
    int tileTextSize = 0; ///< points, 6 to 32; 0: as the system's
    Theme theme = Theme::System;
    StartWith startWith = StartWith::Sample;

    bool operator==(const SettingsValues&) const = default;
};

} // namespace ocellus
