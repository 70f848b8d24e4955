// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/map_kind.h"

#include <algorithm>

#include "ui/figures/figure_text.h"
#include "ui/figures/map_names.h"

namespace ocellus {

QString mapNameOf(const Document& document, const HeadNote& note)
{
    const auto& prototypes = document.model() ? document.model()->config.prototypes : std::nullopt;
    if (!prototypes || !prototypes->tree)
        return MapNames(mapKindOf(document)).label(note.head);
    const std::vector<TreeNode>& nodes = prototypes->tree->nodes;
    const auto node = std::ranges::find_if(
        nodes, [&](const TreeNode& each) { return !each.isLeaf() && each.prototype == note.head; });
    return FigureText::part({note.head, node == nodes.end() ? -1 : node->index});
}

} // namespace ocellus
