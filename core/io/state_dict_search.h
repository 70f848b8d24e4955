// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/io/pickle_heap.h"
#include "core/io/state_dict_choice.h"

namespace ocellus {

/// A dictionary of a pickle in which texts name tensors.
struct FoundStateDict {
    std::string path; ///< keys from the outermost value on, "state_dict" or "ema/shadow"; "/" for the outermost itself
    int depth = 0;
    const PickleItems* items = nullptr;
};

/// A whole model, which holds its tensors in another way; the outermost one where they lie in each other.
struct FoundModule {
    std::string path; ///< as of a state dict
    int depth = 0;
    PickleRef module = 0;
};

/// Every state dict and whole model of a pickle.
struct StateDictsFound {
    std::vector<FoundStateDict> dicts;
    std::vector<FoundModule> modules;
};

/// Looks under every key, in lists and in the attributes of objects, nearest first; optimizers are left out. Bounded in
/// depth and number, and each value is looked at once, so that neither circles nor copies cost anything.
StateDictsFound findStateDicts(const PickleHeap& heap, PickleRef root);

/// The names of a found dictionary, for stateDictOptions(); `heap` and `dict.items` must live longer.
StateDictCandidate candidateOf(const PickleHeap& heap, const FoundStateDict& dict);

} // namespace ocellus
