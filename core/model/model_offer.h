// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/model/receptive_field.h"

namespace ocellus {

/// What a model's maps are of.
enum class MapSubject {
    None,    ///< it has no maps
    Classes, ///< each class has its own
    Picture  ///< the same for every class: where the model looks, whatever it takes the picture for
};

/// What the layers of a model's maps are.
enum class LayerKind {
    Decoder, ///< of INTR's decoder
    Block    ///< of a Vision Transformer
};

/// What the maps of a layer are of, one beside the other: what Decoding counts as heads.
enum class MapKind {
    Head,      ///< of attention
    Prototype, ///< a class's own; MapSource::Part tells which
    Node,      ///< a tree's branches on the way that the picture took
    Concept    ///< that patches, or the whole picture, attend to; MapSource::Part tells which
};

/// What a model in memory can show, as plain values: whoever shows it asks this, and never which model it is.
struct ModelOffer {
    std::string family; ///< the name of its ModelFamily
    MapSubject maps = MapSubject::None;
    int classes = 0;       ///< rows that Decoding counts as classes: species, or with `!hasLogits` tokens
    bool hasLogits = true; ///< false for a bare backbone: its rows are tokens such as [CLS], without a score
    std::vector<std::string> rowNames; ///< of these tokens; empty with logits
    LayerKind layerKind = LayerKind::Decoder;
    MapKind mapKind = MapKind::Head;
    int layers = 0;               ///< L, of the maps
    int heads = 0;                ///< R, of the maps; the most that a class has of them
    bool canLimit = false;        ///< to some classes, by zero queries
    bool canDrop = false;         ///< to some classes, by leaving the others out
    bool canIntervene = false;    ///< in the last layer's attention by hand
    bool canBlurHeads = false;    ///< ranks heads by blurring one after the other (Prompt-CAM)
    bool sharesAttention = false; ///< a map's sum is below 1: the rest goes to tokens that are no patches
    ReceptiveField field;         ///< of the maps' cells

    /// Whether its own maps tell of one class: a class's own, or what a tree or concepts go by, whose numbers are of
    /// the class. Where the model looks whatever it sees, as [CLS] does, tells of none.
    bool mapsTellOfClasses() const
    {
        return maps == MapSubject::Classes || (maps == MapSubject::Picture && mapKind != MapKind::Head);
    }

    bool operator==(const ModelOffer&) const = default;
};

} // namespace ocellus
