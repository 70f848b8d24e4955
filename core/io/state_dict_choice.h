// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/state_dict_origin.h"

namespace ocellus {

/// A dictionary of tensors by name, wherever it lies in its file.
struct StateDictCandidate {
    using Visitor = std::function<void(std::string_view name)>;

    std::string path; ///< keys from the outermost value on; "/" for the outermost itself
    int depth = 0;
    std::function<void(const Visitor& visit)> eachName;
};

/// What may be a model: the tensors of one dictionary whose names begin alike.
///
/// A dictionary is one option, or several where it holds several models under prefixes (`model.`, `ema_model.`).
class StateDictOption {
public:
    /// The name within the model, without prefix and wrappers; none for a tensor that is no part of this option.
    std::optional<std::string> nameWithin(std::string_view name) const;

    /// Whether a name without wrappers' parts belongs to this option.
    bool holds(std::string_view plain) const;

    std::string key;   ///< what chooses it: the dictionary's path, with ":prefix" where that alone is not enough
    std::string shown; ///< what is taken off its names, as the file writes it: "_orig_mod.model."; or empty
    std::size_t candidate = 0;
    std::size_t tensors = 0;
    int evidence = 0;        ///< names found that only a model has which Ocellus can run
    bool isVitAlone = false; ///< a Vision Transformer without anything of INTR's
    bool isAveraged = false; ///< an average over training (EMA, SWA), by its name

    std::string prefix;             ///< of the names without wrappers
    std::vector<std::string> inner; ///< prefixes of other options in the same dictionary that begin with this one's
};

/// All options of a file, the one that fits best first: by the names that a model must have, then by the number of
/// tensors, then plain weights before averages, then the usual key, then the place that is nearest to the outside.
std::vector<StateDictOption> stateDictOptions(const std::vector<StateDictCandidate>& candidates);

/// The place in `options` of the one whose key that is, or whose dictionary; of the first where `key` is empty. Throws
/// Error(NotFound) that names those that are there; `subject` is the file.
std::size_t chooseStateDict(const std::vector<StateDictOption>& options, const std::string& key,
                            const std::string& subject);

/// What to tell of the choice; `chosen` is a place in `options`.
StateDictOrigin originOf(const std::vector<StateDictOption>& options, std::size_t chosen,
                         const std::vector<StateDictCandidate>& candidates);

} // namespace ocellus
