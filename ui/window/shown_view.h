// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <QString>

#include "ui/figures/figure.h"
#include "ui/figures/map_matrix.h"
#include "ui/figures/similar_patches.h"

namespace ocellus {

/// What the page that is shown has to export in the place of the tiles of heads.
struct ShownView {
    QString name;                            ///< in the names of its files, "models"; empty of the tiles
    std::optional<MapMatrix> matrix;         ///< of a page that compares
    std::optional<SimilarPatches> patches;   ///< of that page
    std::optional<Figure> figure;            ///< of what is neither tiles nor a table of maps, as a tree
    std::function<std::string()> table = {}; ///< with `figure`: the same as CSV
};

/// Asked when something is exported.
using AskForView = std::function<ShownView()>;

/// Of a file for what is explained, without its ending: picture, class, layer or source of its maps, and the view.
QString proposedFileName(const Explanation& explanation, const ShownView& view);

} // namespace ocellus
