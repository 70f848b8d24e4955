// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ocellus {

/// Which state dict of a file was taken for the model, and what else the file holds.
struct StateDictOrigin {
    struct Other {
        std::string key;
        std::size_t tensors = 0;
    };

    std::string key = "/";   ///< of the one taken: "model", "ema/shadow"; "/" where it lies bare
    std::string object;      ///< class of the whole pickled module that was read instead of a state dict; or empty
    std::string prefix;      ///< what was taken off its names: "module.", "_orig_mod.model."
    bool isAveraged = false; ///< by its name an average over training (EMA, SWA)
    std::vector<Other> others;
    std::size_t leftOut = 0;          ///< tensors beside the model in the same dictionary
    std::vector<std::string> objects; ///< classes and functions that the file names; none was run
    std::string settingsKey;          ///< where Checkpoint::args come from, or empty
};

/// "model, names without module., 12 tensors beside it left out": one line for people.
std::string originText(const StateDictOrigin& origin);

/// "weights of model, one of 2 state dicts in the file", to stand beside numbers; empty where there was no choice and
/// no average.
std::string noticeOf(const StateDictOrigin& origin);

/// "model_ema (302 tensors), teacher (302 tensors)", the first few of them; empty where there are none.
std::string othersText(const StateDictOrigin& origin);

/// "collections.deque, datetime.date", the first few; empty where there are none.
std::string objectsText(const StateDictOrigin& origin);

} // namespace ocellus
