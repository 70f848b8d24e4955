// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

#include "core/explain/source_map.h"
#include "ui/figures/explanation.h"
#include "ui/figures/figure.h"

namespace ocellus {

/// One source's map of a class, as a panel of a figure.
struct SourcePanel {
    QString title; ///< "Grad-CAM++"
    SourceMap map;
};

/// The picture and one panel a source, each on a scale of its own: the maps of sources are no one quantity. Signed ones
/// diverge about zero. `explanation` gives picture, class, model and what limits it; its geometry is that of no panel.
/// Throws Error(BadArgument) for an explanation without a decoding or a picture, or without panels.
Figure sourceFigure(const Explanation& explanation, std::vector<SourcePanel> panels);

} // namespace ocellus
