// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/edit/edit.h"
#include "core/engine/decoding.h"
#include "core/image/picture.h"
#include "core/io/npz_writer.h"

namespace ocellus {

/// What relates the maps to the picture and is no part of a Decoding.
struct ExplainedInput {
    Size input;     ///< after the resize
    Size picture;   ///< after EXIF orientation, and after the edits
    EditList edits; ///< done to the picture before the model saw it
};

/// Maps of another source than the heads.
struct ExtraMaps {
    std::string name; ///< of the array
    int rows = 0, columns = 0;
    std::vector<float> values; ///< [maps, rows, columns], one a query class, or several
};

/// Those, and what they are as a text of JSON.
struct ExtraSources {
    std::vector<ExtraMaps> maps;
    std::string provenance;
};

/// Writes what the model says about one picture as NumPy's .npz, atomically: the file is there whole or not at all.
///
/// | array              | type    | shape           | content                                                      |
/// |--------------------|---------|-----------------|--------------------------------------------------------------|
/// | logits             | float32 | [C] or [active] | all classes; under `drop` the active ones in the order given; |
/// |                    |         |                 | none, nor probabilities, of a bare backbone's tokens         |
/// | probabilities      | float32 | like logits     | softmax over logits                                          |
/// | active             | int64   | [active]        | active classes in the order given; all without a limit       |
/// | query_index        | int64   | [Q]             | classes whose maps follow: `queryClasses`                    |
/// | attention          | float32 | [L, R, Q, h, w] | softmax weights over the h * w cells; of a Vision            |
/// |                    |         |                 | Transformer over all tokens: their sum is below 1            |
/// | scores             | float32 | [L, R, Q, h, w] | the same before the softmax                                  |
/// | input_size         | int64   | [2]             | height, width                                                |
/// | picture_size       | int64   | [2]             | height, width                                                |
/// | edits              | uint8   | [bytes]         | only of an edited picture: UTF-8 text, JSON of the list      |
/// | a source's name    | float32 | [Q, h, w]       | only where asked for: its maps of `queryClasses`, signed     |
/// | sources            | uint8   | [bytes]         | with those: UTF-8 text, JSON, what each of them is           |
/// | intervention       | uint8   | [bytes]         | only where attention was changed by hand: UTF-8 text, JSON   |
///
/// The edits are in the form of edit_json.h, of the intervention {"class", "heads": [indices], "cells": {"head":
/// [indices]}, "grid": [rows, columns]}, all from 0, see AttentionIntervention; in Python,
/// json.loads(bytes(arrays["edits"])).
///
/// A plain classifier has no attention and no scores; then L is 0. L is 1 when a `layer` (from 0) is given; without
/// one, all layers are written. At most one array's copy is in memory at a time. Class indices are the model's own,
/// from 0. Reports Stage::Write. Throws Error: BadArgument (layer, or a class without a map), Unreadable (the disk),
/// Cancelled.
void writeExplanation(const std::filesystem::path& path, const ExplainedInput& input, const Decoding& decoding,
                      const std::vector<int>& queryClasses, std::optional<int> layer = std::nullopt,
                      const Progress& progress = {}, const ExtraSources& extra = {},
                      ArrayCompression compression = ArrayCompression::None);

} // namespace ocellus
