// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/engine/engine.h"
#include "core/explain/finding.h"
#include "core/explain/moved_map.h"

namespace ocellus {

/// What stands in the place of a head of the last cross-attention. A prototype has no attending apart from what it
/// finds: whichever is asked for, it is taken away whole.
enum class HeadRemoval {
    Uniform, ///< it attends to all cells alike: only its attending is taken away
    Zero,    ///< it says nothing, not even its mean
    Rescaled ///< the same, and the other heads count R / (R - 1) times; with one head as Zero
};

/// "uniform", "zero" or "rescaled".
std::string_view toString(HeadRemoval removal);
/// The removal of that name. Throws Error(BadArgument) that lists the names there are.
HeadRemoval headRemovalOf(std::string_view name);

/// How much each head of the last layer speaks for a class: its logit as it is less its logit without the head, so
/// above 0 the head speaks for it. [classes][R], exact: in the last layer a class's weights touch its own logit only.
/// `decoding` is of `encoding`, by the engine's open model; an intervention by hand is taken as it is.
/// Throws Error: Unsupported for a plain classifier, BadArgument for a class without a logit, Device.
std::vector<std::vector<float>> headImportance(Engine& engine, const Encoding& encoding, const Decoding& decoding,
                                               const std::vector<int>& classes,
                                               HeadRemoval removal = HeadRemoval::Uniform);

/// What a head's attending is worth, beside the same head's weights moved to other places of the grid (around its
/// edges): what its pattern is worth wherever it lies. All against uniform attention, in one question of milliseconds.
/// Of a prototype what the logit owes to it, exactly: without other places, since it counts where it is found most.
/// Throws as headImportance(), and BadArgument for a head that is not there.
Finding headImportanceFinding(Engine& engine, const Encoding& encoding, const Decoding& decoding, int classIndex,
                              int head, int places = usualPlaces, std::uint64_t seed = 0);

} // namespace ocellus
