// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototree/tree_rows.h"

#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/model/prototree/tree_shape.h"

namespace ocellus {
namespace {

using Json = nlohmann::json;

constexpr std::size_t leafNumbers = 1;
constexpr std::size_t branchNumbers = 4;

[[noreturn]] void refuse(ErrorCode code, const std::string& expected, const std::string& got)
{
    throw Error(code, "tree", "expected " + expected + ", got " + got,
                "The file that the training program wrote, best.safetensors or checkpoint.pth, has the whole tree");
}

/// 0 ... `end` - 1.
int number(const Json& value, int end, ErrorCode code, const std::string& what)
{
    const std::int64_t number = value.is_number_integer() ? value.get<std::int64_t>() : -1;
    if (number < 0 || number >= end)
        refuse(code, what + " from 0 to " + std::to_string(end - 1),
               value.is_number() ? value.dump() : "a value of another kind");
    return static_cast<int>(number);
}

TreeNode nodeOf(const Json& row, int nodes, int prototypes)
{
    if (!row.is_array() || (row.size() != leafNumbers && row.size() != branchNumbers))
        refuse(ErrorCode::Damaged, "1 number for a leaf and 4 for a branch",
               row.is_array() ? std::to_string(row.size()) : std::string("no list"));
    TreeNode node;
    node.index = number(row[0], std::numeric_limits<int>::max(), ErrorCode::Damaged, "the number of a node");
    if (row.size() == leafNumbers)
        return node;
    const std::string name = " of node " + std::to_string(node.index);
    node.prototype = number(row[1], prototypes, ErrorCode::Mismatch, "a prototype" + name);
    node.left = number(row[2], nodes, ErrorCode::Damaged, "the place of a child" + name);
    node.right = number(row[3], nodes, ErrorCode::Damaged, "the place of a child" + name);
    return node;
}

/// Each node but the root is the child of one branch before it: there are no circles then, and nothing lies apart.
void requireTree(const std::vector<TreeNode>& nodes)
{
    std::vector<bool> isChild(nodes.size());
    std::set<int> numbers;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const TreeNode& node = nodes[i];
        const std::string name = "node " + std::to_string(node.index);
        if (i > 0 && !isChild[i])
            refuse(ErrorCode::Damaged, "a branch before " + name + " that leads to it", "none");
        if (!numbers.insert(node.index).second)
            refuse(ErrorCode::Damaged, "numbers that name one node each",
                   "two of number " + std::to_string(node.index));
        for (const int child : {node.left, node.right}) {
            if (node.isLeaf())
                break;
            const auto place = static_cast<std::size_t>(child);
            if (place <= i || isChild[place])
                refuse(ErrorCode::Damaged, "children of " + name + " behind it that are nobody else's",
                       "place " + std::to_string(child));
            isChild[place] = true;
        }
    }
}

} // namespace

Json treeRows(const TreeConfig& tree)
{
    Json rows = Json::array();
    for (const TreeNode& node : tree.nodes)
        rows.push_back(node.isLeaf() ? Json::array({node.index})
                                     : Json::array({node.index, node.prototype, node.left, node.right}));
    return rows;
}

TreeConfig treeFromRows(const Json& rows, int prototypes)
{
    if (!rows.is_array())
        refuse(ErrorCode::Damaged, "a list of nodes", "none");
    if (rows.size() > TreeLimits::MostNodes)
        refuse(ErrorCode::TooLarge, "at most " + std::to_string(TreeLimits::MostNodes) + " nodes",
               std::to_string(rows.size()));
    if (rows.size() < 3)
        refuse(ErrorCode::Damaged, "at least a branch and its two leaves", std::to_string(rows.size()) + " nodes");
    TreeConfig tree;
    for (const Json& row : rows)
        tree.nodes.push_back(nodeOf(row, static_cast<int>(rows.size()), prototypes));
    requireTree(tree.nodes);
    nameLeaves(tree);
    return tree;
}

} // namespace ocellus
