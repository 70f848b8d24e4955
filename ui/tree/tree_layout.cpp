// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/tree_layout.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace ocellus {

namespace {

bool isBranch(const TreeAnswer& tree, int node)
{
    const TreeAnswer::Node& own = tree.nodes[static_cast<std::size_t>(node)];
    const int count = static_cast<int>(tree.nodes.size());
    return own.left > node && own.left < count && own.right > node && own.right < count && own.left != own.right;
}

/// Below each node, itself where it is one.
std::vector<int> leavesBelow(const TreeAnswer& tree)
{
    std::vector<int> leaves(tree.nodes.size(), 1);
    for (int node = static_cast<int>(tree.nodes.size()) - 1; node >= 0; --node)
        if (isBranch(tree, node)) {
            const TreeAnswer::Node& own = tree.nodes[static_cast<std::size_t>(node)];
            leaves[static_cast<std::size_t>(node)] =
                leaves[static_cast<std::size_t>(own.left)] + leaves[static_cast<std::size_t>(own.right)];
        }
    return leaves;
}

} // namespace

std::vector<TreePlace> layOutTree(const TreeAnswer& tree, double foldBelow)
{
    std::vector<TreePlace> places;
    if (tree.nodes.empty())
        return places;
    const std::vector<int> leaves = leavesBelow(tree);
    std::vector<bool> isTaken(tree.nodes.size());      // each node has one place, whatever an answer says
    std::vector<std::pair<int, int>> waiting{{0, -1}}; // a node and its parent's place
    int column = 0;
    while (!waiting.empty()) {
        const auto [node, parent] = waiting.back();
        waiting.pop_back();
        if (isTaken[static_cast<std::size_t>(node)])
            continue;
        isTaken[static_cast<std::size_t>(node)] = true;
        const TreeAnswer::Node& own = tree.nodes[static_cast<std::size_t>(node)];
        const int index = static_cast<int>(places.size());
        TreePlace place;
        place.node = node;
        place.parent = parent;
        place.level = parent < 0 ? 0 : places[static_cast<std::size_t>(parent)].level + 1;
        place.isOnWay = std::ranges::find(tree.path, own.index) != tree.path.end();
        if (parent >= 0) {
            TreePlace& above = places[static_cast<std::size_t>(parent)];
            (tree.nodes[static_cast<std::size_t>(above.node)].left == node ? above.left : above.right) = index;
        }
        if (isBranch(tree, node) && (place.isOnWay || !(own.reached < foldBelow))) {
            waiting.emplace_back(own.right, index);
            waiting.emplace_back(own.left, index);
        } else {
            place.across = column++;
            place.foldedLeaves = isBranch(tree, node) ? leaves[static_cast<std::size_t>(node)] : 0;
        }
        places.push_back(place);
    }
    for (TreePlace& place : places | std::views::reverse) {
        const auto across = [&](int child) { return places[static_cast<std::size_t>(child)].across; };
        if (place.left >= 0 && place.right >= 0)
            place.across = (across(place.left) + across(place.right)) / 2;
        else if (place.left >= 0 || place.right >= 0)
            place.across = across(std::max(place.left, place.right));
    }
    return places;
}

int widthOf(const std::vector<TreePlace>& places)
{
    return static_cast<int>(
        std::ranges::count_if(places, [](const TreePlace& place) { return place.left < 0 && place.right < 0; }));
}

int heightOf(const std::vector<TreePlace>& places)
{
    return places.empty() ? 0 : std::ranges::max(places, {}, &TreePlace::level).level + 1;
}

} // namespace ocellus
