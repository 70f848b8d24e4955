// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/data/class_table.h"
#include "core/engine/engine.h"

namespace ocellus {

/// A model's own class of the name that `names` gives the open model's class, by the names in its file; by the index
/// where it has none and as many classes. Nothing where it has no such class.
std::optional<int> classOfModel(const ModelDescription& model, int classIndex, const ClassTable& names);

} // namespace ocellus
