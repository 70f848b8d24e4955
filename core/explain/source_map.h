// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/model_input.h"
#include "core/model/receptive_field.h"

namespace ocellus {

/// Whether a map says something; what does not is told in words, never drawn as a blank.
enum class MapState {
    Good,
    NegativeEverywhere, ///< nothing of the picture speaks for the class: a display that starts at 0 would be empty
    Constant,           ///< the same value everywhere: no place stands out
    NotFinite           ///< a value overflowed
};

/// "good", "negative everywhere", "the same everywhere" or "not finite".
std::string_view toString(MapState state);

/// One map, whatever made it: a value with all that a reader must know to take it for what it is.
struct SourceMap {
    std::string source;   ///< the id in the table of sources: "gradcam++"
    std::string settings; ///< all options it was made with, "epsilon=1e-06 stage=grid"; empty where there are none
    int classIndex = 0;
    std::optional<int> layer; ///< from 0, where it is of one of the decoder's layers
    std::optional<int> head;  ///< from 0, where it is of one head

    int rows = 0;
    int columns = 0;
    std::vector<float> values; ///< [rows, columns], signed as computed
    bool isSigned = false;     ///< 0 is a middle, not an end
    std::string unit;          ///< "share of attention", "logit", "probability"
    std::optional<double> low; ///< ends of the natural range, where there are any
    std::optional<double> high;
    MapState state = MapState::Good;

    Size input;           ///< of the model's input that it was made on, which may be smaller than the view's
    InputPlace place;     ///< of that input in the resized picture; none where the model sees all of it
    ReceptiveField field; ///< where its cells lie in that input

    std::optional<std::uint64_t> seed; ///< of random draws
    int count = 0;                     ///< of masks or positions that it was made with; 0 where it needs none
    std::vector<int> references;       ///< classes that it sets its class apart from
    std::optional<bool> settled;       ///< of one that comes in bit by bit: whether its halves agree

    double milliseconds = 0;
    std::size_t bytes = 0; ///< held while it was made, without what the model itself takes

    bool operator==(const SourceMap&) const = default;
};

/// What the values are; `isSigned` decides whether negative ones are a finding.
MapState stateOf(const std::vector<float>& values, bool isSigned);

/// Where its cells lie on what the model sees of the picture, stretched to that size.
CellGeometry geometryOf(const SourceMap& map, Size seen, Placement placement = Placement::Receptive);

/// Where its cells lie on the whole picture, of that size.
CellGeometry geometryOnPicture(const SourceMap& map, Size picture, Placement placement = Placement::Receptive);

} // namespace ocellus
