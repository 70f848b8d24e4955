// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/io/pickle_heap.h"

namespace ocellus {

/// A dictionary, or the attributes of an object such as argparse.Namespace, as a JSON object. What JSON cannot hold
/// (tensors, infinite numbers, text that is not UTF-8) is left out, as is what nests deeper than anybody's settings;
/// null where `settings` is neither. Throws Error(TooLarge) where the same values are repeated so often that they would
/// fill the memory. Keys of the outermost table that are in `without` are left out too.
nlohmann::json settingsAsJson(const PickleHeap& heap, PickleRef settings,
                              std::span<const std::string_view> without = {});

/// Any one value in the same way; null where JSON cannot hold it.
nlohmann::json valueAsJson(const PickleHeap& heap, PickleRef value);

} // namespace ocellus
