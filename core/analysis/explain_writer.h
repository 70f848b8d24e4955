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
/// | prototypes         | int64   | [Q, R]          | of prototypes: their numbers, from 0; -1 where a class has   |
/// |                    |         |                 | fewer. Then scores are similarities, attention their shares  |
/// | similarity, weight | float32 | [Q, R]          | what each finds at most, and its weight in the class's logit |
/// | nodes              | int64   | [Q, R]          | of a tree: the branches on the picture's way. similarity is  |
/// |                    |         |                 | the probability of going right, weight that of getting there |
/// | tree_nodes         | int64   | [nodes]         | of a tree: their numbers                                     |
/// | tree_reached       | float32 | [nodes]         | how probably the picture gets there                          |
/// | tree_path          | int64   | [path]          | from the root to the leaf of the greedy prediction           |
/// | tree_greedy        | float32 | [C]             | that leaf's distribution; logits are those of all leaves     |
/// | tree_best_leaf     | int64   | [1]             | the leaf that is reached most probably                       |
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
