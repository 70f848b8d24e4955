// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <stop_token>

#include "ui/figures/figure.h"
#include "ui/figures/plate.h"

namespace ocellus {

/// A plate as a figure of exactly its width: for each row its title and its tiles in so many columns, then the colour
/// bars and what must be told of all. One size for all text. Painting ends early where `stop` asks it to.
/// Throws Error: BadArgument for a plate without rows, TooLarge for one that is higher than any page (5 m).
Figure figureOf(const Plate& plate, std::stop_token stop = {});

/// How many tiles stand beside each other in it.
int columnsOf(const Plate& plate);

} // namespace ocellus
