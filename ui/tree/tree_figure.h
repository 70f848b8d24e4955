// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "ui/figures/explanation.h"
#include "ui/figures/figure.h"
#include "ui/tree/tree_text.h"

namespace ocellus {

/// A picture's way through a tree on paper: what the model says, both predictions, the drawing, how it is to be read
/// and what made it. 180 mm wide, and wider where the nodes' words would be too small. Subtrees that the picture
/// reaches with less than `foldBelow` are one place. `nameOf` is asked where the figure is drawn, in any thread. Throws
/// Error(BadArgument) for an explanation without a tree or a
/// picture.
Figure treeFigure(const Explanation& explanation, double foldBelow, const TreeText::NameOfClass& nameOf);

/// A CSV with a line a node, folded or not: what it asks and where that is found in the picture (cells from 0, pixels),
/// or what it says, how probably the picture comes there, and what made it. Throws as treeFigure().
std::string treeCsv(const Explanation& explanation, const TreeText::NameOfClass& nameOf);

} // namespace ocellus
