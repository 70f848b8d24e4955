// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"
#include "ui/document/settings.h"
#include "ui/models/display_choice.h"
#include "ui/models/picture_listing.h"
#include "ui/models/settings_values.h"

namespace ocellus {

// Several settings as the value that somebody works with. Kept values out of range become the nearest one in range.
EngineOptions engineOptions(const Settings& settings);
DecodeOptions decodeOptions(const Settings& settings);
PreprocessOptions preprocessOptions(const Settings& settings);
SettingsValues settingsValues(const Settings& settings);
void keep(Settings& settings, const SettingsValues& values);

/// What of the display is kept between runs; layer, threshold and locked range belong to a picture.
DisplayChoice displayChoice(const Settings& settings);
/// Of what differs: the rest may be that of a session, and not the user's own.
void keepChanges(Settings& settings, const DisplayChoice& before, const DisplayChoice& choice);

PictureListing pictureListing(const Settings& settings);
void keep(Settings& settings, const PictureListing& listing);

/// True for a setting that changes what is made of a picture's file.
bool concernsDecoding(Setting setting);

/// True for a setting that changes what the engine computes or what it computes on.
bool concernsEngine(Setting setting);
/// Of these, one that changes how pictures become the model's input.
bool concernsInput(Setting setting);

} // namespace ocellus
