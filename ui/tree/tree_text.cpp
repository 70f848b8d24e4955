// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/tree_text.h"

#include <algorithm>

#include "ui/figures/figure_text.h"

namespace ocellus {

namespace {

const TreeAnswer::Node& nodeOf(const TreeAnswer& tree, const TreePlace& place)
{
    return tree.nodes[static_cast<std::size_t>(place.node)];
}

} // namespace

QString TreeText::name(const TreeAnswer& tree, const TreePlace& place)
{
    if (place.foldedLeaves > 0)
        return tr("%n leaf(s)", "folded away", place.foldedLeaves);
    const TreeAnswer::Node& node = nodeOf(tree, place);
    return (node.isLeaf() ? tr("Leaf %1") : tr("Node %1")).arg(node.index);
}

QString TreeText::sentence(const TreeAnswer& tree, const TreePlace& place, const NameOfClass& nameOf)
{
    const TreeAnswer::Node& node = nodeOf(tree, place);
    const QString reached = place.isOnWay
                                ? tr("on the marked way, reached with %1").arg(FigureText::probability(node.reached))
                                : tr("reached with %1").arg(FigureText::probability(node.reached));
    if (place.foldedLeaves > 0)
        return tr("%n leaf(s) folded away, %1.", nullptr, place.foldedLeaves).arg(reached);
    if (node.isLeaf())
        return tr("Leaf %1 says %2 with %3; %4.")
            .arg(node.index)
            .arg(nameOf(node.leafClass), FigureText::probability(node.leafShare), reached);
    return tr("Node %1 looks for prototype %2: there with %3, so the way goes %4; %5.")
        .arg(node.index)
        .arg(node.prototype)
        .arg(FigureText::probability(node.presence), node.presence > 0.5 ? tr("right") : tr("left"), reached);
}

QString TreeText::predictions(const Decoding& decoding, const NameOfClass& nameOf)
{
    const TreeAnswer* tree = decoding.tree();
    if (!tree || tree->greedy.empty() || decoding.ranking().empty())
        return {};
    const auto most = std::ranges::max_element(tree->greedy);
    const int greedy = static_cast<int>(most - tree->greedy.begin());
    const auto first = static_cast<std::size_t>(decoding.ranking().front());
    const int soft = decoding.classes()[first];
    const QString marked = tr("Greedy, the marked way to one leaf: %1 with %2.")
                               .arg(nameOf(greedy), FigureText::probability(static_cast<double>(*most)));
    const QString all = tr("Soft, all leaves by their probability: %1 with %2.")
                            .arg(nameOf(soft), FigureText::probability(decoding.probability(soft)));
    return (greedy == soft ? tr("%1 %2 Both agree.") : tr("%1 %2 They differ: the lists follow the soft one."))
        .arg(marked, all);
}

QString TreeText::legend(bool hasPatches)
{
    const QString squares =
        hasPatches ? tr("In each node: its prototype's own patch, and beside it the place of this picture that is most "
                        "alike.")
                   : tr("In each node: the place of this picture that is most like its prototype.");
    return tr("%1 To the right where it is there, to the left where it is not; lines are as wide as the probability "
              "that the picture goes there.")
        .arg(squares);
}

} // namespace ocellus
