// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

#include "core/base/progress.h"

namespace ocellus {

/// Calls `work` for each of 0 to count - 1, each once and in no order, on several threads, this one among them, from
/// which it reports the stage. `work` may not throw. Throws Error(Cancelled); no call is running then.
void workOnAll(std::size_t count, const std::function<void(std::size_t)>& work, Stage stage, const Progress& progress);

} // namespace ocellus
