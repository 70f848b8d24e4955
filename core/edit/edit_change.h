// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "core/edit/picture_edits.h"

namespace ocellus {

/// Puts an edit before the one at `index`, or at the end.
struct InsertEdit {
    std::size_t index = 0;
    Edit edit;
};

struct EraseEdit {
    std::size_t index = 0;
};

/// Another mask, other parameters, another name, enabled or not.
struct ReplaceEdit {
    std::size_t index = 0;
    Edit edit;
};

/// Takes the edit out and puts it back so that it is at `to`.
struct MoveEdit {
    std::size_t from = 0, to = 0;
};

struct SetSelection {
    Mask mask;
};

/// Puts a named mask before the one at `index`, or at the end.
struct InsertMask {
    std::size_t index = 0;
    NamedMask mask;
};

struct EraseMask {
    std::size_t index = 0;
};

struct ReplaceMask {
    std::size_t index = 0;
    NamedMask mask;
};

/// One change of what is done to a picture.
using EditChange =
    std::variant<InsertEdit, EraseEdit, ReplaceEdit, MoveEdit, SetSelection, InsertMask, EraseMask, ReplaceMask>;

/// A picture has at most this many edits and named masks.
inline constexpr std::size_t maxEdits = 10'000;
inline constexpr std::size_t maxMasks = 1'000;

/// Does the change and gives the one that undoes it. Throws Error, with the state as it was: BadArgument for an index
/// beyond the list and for a name above maxNameBytes, TooLarge for more than maxEdits or maxMasks.
EditChange changeEdits(PictureEdits& state, const EditChange& change);

/// Does all of them in order, or none, and gives those that undo them, in the order in which they have to be done.
std::vector<EditChange> changeEdits(PictureEdits& state, const std::vector<EditChange>& changes);

/// What masks and patches take in memory where nothing else shares them.
std::size_t bytesOf(const EditChange& change);
std::size_t bytesOf(const PictureEdits& state);

} // namespace ocellus
