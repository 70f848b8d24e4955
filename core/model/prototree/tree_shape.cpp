// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototree/tree_shape.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "core/base/error.h"

namespace ocellus {
namespace {

/// Adds a whole tree of that depth and returns its place.
int grow(TreeConfig& tree, int depth, int& prototype)
{
    const auto place = static_cast<int>(tree.nodes.size());
    TreeNode node;
    node.index = place;
    tree.nodes.push_back(node);
    if (depth == 0)
        return place;
    node.prototype = prototype++;
    node.left = grow(tree, depth - 1, prototype);
    node.right = grow(tree, depth - 1, prototype);
    tree.nodes[static_cast<std::size_t>(place)] = node;
    return place;
}

/// Copies what is kept of one tree into another.
class Pruning {
public:
    Pruning(const TreeConfig& tree, const std::vector<bool>& kept) : m_nodes(tree.nodes), m_stays(kept)
    {
        for (std::size_t i = m_nodes.size(); i-- > 0;) // children before their branch
            if (!m_nodes[i].isLeaf())
                m_stays[i] = stays(m_nodes[i].left) || stays(m_nodes[i].right);
        m_pruned.isNormed = tree.isNormed;
    }

    std::optional<TreeConfig> run()
    {
        if (!stays(0))
            return std::nullopt;
        copy(0);
        if (m_pruned.nodes.front().isLeaf())
            return std::nullopt;
        nameLeaves(m_pruned);
        return std::move(m_pruned);
    }

private:
    bool stays(int place) const { return m_stays[static_cast<std::size_t>(place)]; }

    int copy(int from)
    {
        const TreeNode* node = &m_nodes[static_cast<std::size_t>(from)];
        while (!node->isLeaf() && !(stays(node->left) && stays(node->right)))
            node = &m_nodes[static_cast<std::size_t>(stays(node->left) ? node->left : node->right)];
        const std::size_t place = m_pruned.nodes.size();
        m_pruned.nodes.push_back(*node);
        if (!node->isLeaf()) {
            const int left = copy(node->left);
            const int right = copy(node->right);
            m_pruned.nodes[place].left = left;
            m_pruned.nodes[place].right = right;
        }
        return static_cast<int>(place);
    }

    const std::vector<TreeNode>& m_nodes;
    std::vector<bool> m_stays;
    TreeConfig m_pruned;
};

} // namespace

TreeConfig wholeTree(int depth)
{
    constexpr int most = 16;
    if (depth < 1 || depth > most)
        throw Error(ErrorCode::BadArgument, "depth of the tree",
                    "expected 1 to " + std::to_string(most) + ", got " + std::to_string(depth));
    TreeConfig tree;
    int prototype = 0;
    grow(tree, depth, prototype);
    nameLeaves(tree);
    return tree;
}

std::optional<TreeConfig> prunedTree(const TreeConfig& tree, const std::vector<bool>& kept)
{
    return Pruning(tree, kept).run();
}

std::vector<std::vector<int>> classesOfPrototypes(const TreeConfig& tree, const std::vector<int>& classOfLeaf,
                                                  int prototypes)
{
    std::vector<std::set<int>> below(tree.nodes.size());
    std::vector<std::set<int>> found(static_cast<std::size_t>(prototypes));
    for (std::size_t i = tree.nodes.size(); i-- > 0;) { // children before their branch
        const TreeNode& node = tree.nodes[i];
        if (node.isLeaf()) {
            if (classOfLeaf.at(i) >= 0)
                below[i].insert(classOfLeaf[i]);
            continue;
        }
        std::set<int>& left = below[static_cast<std::size_t>(node.left)];
        std::set<int>& right = below[static_cast<std::size_t>(node.right)];
        const bool stays = !left.empty() && !right.empty();
        below[i].merge(left);
        below[i].merge(right);
        if (stays)
            found.at(static_cast<std::size_t>(node.prototype)).insert(below[i].begin(), below[i].end());
    }
    std::vector<std::vector<int>> classes;
    for (const std::set<int>& one : found)
        classes.emplace_back(one.begin(), one.end());
    return classes;
}

void nameLeaves(TreeConfig& tree)
{
    std::vector<std::string> ways(tree.nodes.size());
    std::vector<int> depths(tree.nodes.size());
    ways.front() = "_root";
    tree.depth = 0;
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        TreeNode& node = tree.nodes[i];
        if (depths[i] > TreeLimits::MostDepth)
            throw Error(ErrorCode::TooLarge, "tree",
                        "expected at most " + std::to_string(TreeLimits::MostDepth) +
                            " branches on each way to a leaf, got more");
        tree.depth = std::max(tree.depth, depths[i]);
        node.leaf = node.isLeaf() ? ways[i] + "._dist_params" : std::string();
        for (const auto& [child, side] : {std::pair(node.left, ".l"), std::pair(node.right, ".r")}) {
            if (node.isLeaf())
                break;
            ways[static_cast<std::size_t>(child)] = ways[i] + side;
            depths[static_cast<std::size_t>(child)] = depths[i] + 1;
        }
        ways[i].clear();
    }
}

} // namespace ocellus
