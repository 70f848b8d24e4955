// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include <QString>

namespace ocellus {

/// That so many controls cannot show a p of 0.05, whatever the edit does, and what is the least that they can show;
/// empty where there are none, and where there are enough.
QString fewControlsText(std::size_t controls);

} // namespace ocellus
