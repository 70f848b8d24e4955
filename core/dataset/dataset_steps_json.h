// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/dataset/dataset_step.h"
#include "core/io/strict_json.h"

namespace ocellus {

/// {"do": "exclude", "pictures": [3, 5], "reason": "tiny"}, and the like.
nlohmann::json jsonOf(const DatasetStep& step);

/// The other way. Throws as StrictJson does; whether the pictures exist is checked by requireSound().
DatasetStep stepFromJson(const StrictJson& reader, const nlohmann::json& value);

/// [left, top, width, height]
nlohmann::json jsonOf(const PixelBox& box);
PixelBox boxFromJson(const StrictJson& reader, const nlohmann::json& value);

/// "train", "val" or "test".
PictureSplit splitFromJson(const StrictJson& reader, const nlohmann::json& value);

} // namespace ocellus
