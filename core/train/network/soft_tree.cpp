// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/soft_tree.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/tensor_source.h"
#include "core/model/prototree/tree_shape.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {

SoftTree::SoftTree(TreeConfig tree, int prototypes, int classes)
    : m_classes(classes),
      m_prototypes(prototypes),
      m_config(std::move(tree)),
      m_earlier(register_buffer("earlier_leaves", at::zeros({0, classes})))
{
    plant();
}

void SoftTree::setForm(TreeConfig form)
{
    for (const char* side : {"l", "r"})
        unregister_module(side);
    m_config = std::move(form);
    plant();
}

/// Makes leaves that are all alike.
void SoftTree::plant()
{
    const std::vector<TreeNode>& nodes = m_config.nodes;
    std::vector<torch::nn::Module*> modules(nodes.size());
    modules.front() = this;
    m_leaves.clear();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].isLeaf()) {
            const at::Tensor leaf = at::zeros({m_classes}, m_earlier.options());
            m_leaves.push_back(modules[i]->register_buffer("_dist_params", leaf));
            continue;
        }
        for (const auto& [child, side] : {std::pair(nodes[i].left, "l"), std::pair(nodes[i].right, "r")})
            modules[static_cast<std::size_t>(child)] =
                modules[i]->register_module(side, std::make_shared<torch::nn::Module>("node")).get();
    }
    m_earlier.set_data(at::zeros({static_cast<std::int64_t>(m_leaves.size()), m_classes}, m_earlier.options()));
    layWays();
}

void SoftTree::setLeaves(const at::Tensor& leaves, const at::Tensor& earlier)
{
    const torch::NoGradGuard values;
    for (const at::Tensor* own : {&leaves, &earlier})
        if (own->sizes() != m_earlier.sizes())
            throw Error(ErrorCode::Mismatch, "leaves of the tree",
                        "expected " + shapeText(m_earlier.sizes()) + ", got " + shapeText(own->sizes()));
    for (std::size_t i = 0; i < m_leaves.size(); ++i)
        m_leaves[i].copy_(leaves[static_cast<std::int64_t>(i)]);
    m_earlier.copy_(earlier);
}

std::vector<std::int64_t> SoftTree::leafPlaces() const
{
    std::vector<std::int64_t> places;
    for (std::size_t i = 0; i < m_config.nodes.size(); ++i)
        if (m_config.nodes[i].isLeaf())
            places.push_back(static_cast<std::int64_t>(i));
    return places;
}

/// Each node's way is its branch's and one turn: branches come before their children.
void SoftTree::layWays()
{
    const auto nodes = static_cast<std::int64_t>(m_config.nodes.size());
    const at::Tensor right = at::zeros({nodes, m_prototypes});
    const at::Tensor left = at::zeros({nodes, m_prototypes});
    for (std::int64_t i = 0; i < nodes; ++i) {
        const TreeNode& node = m_config.nodes[static_cast<std::size_t>(i)];
        if (node.isLeaf())
            continue;
        for (const int child : {node.left, node.right}) {
            right[child].copy_(right[i]);
            left[child].copy_(left[i]);
        }
        right[node.right][node.prototype] += 1;
        left[node.left][node.prototype] += 1;
    }
    const at::Tensor places = at::tensor(leafPlaces(), at::kLong);
    m_right = right.index_select(0, places).t().contiguous();
    m_left = left.index_select(0, places).t().contiguous();
}

at::Tensor SoftTree::reached(const at::Tensor& nearest) const
{
    const at::Device device = nearest.device();
    return at::matmul(-nearest, m_right.to(device)) + at::matmul(at::log(-at::expm1(-nearest)), m_left.to(device));
}

at::Tensor SoftTree::scores(const at::Tensor& reached) const
{
    return at::logsumexp(reached.unsqueeze(2) + at::log_softmax(leaves(), 1), 1);
}

at::Tensor SoftTree::found(const at::Tensor& reached, const at::Tensor& scores, const at::Tensor& labels) const
{
    const torch::NoGradGuard values;
    const at::Tensor shares = at::log_softmax(leaves(), 1).index_select(1, labels).t(); // [B, leaves]
    const at::Tensor parts = at::exp(reached + shares - scores.gather(1, labels.unsqueeze(1)));
    return at::zeros_like(m_earlier).index_add_(1, labels, parts.t());
}

void SoftTree::learn(const at::Tensor& found, int steps)
{
    const torch::NoGradGuard values;
    setLeaves((leaves() - m_earlier / steps).relu_() + found, m_earlier);
}

void SoftTree::endEpoch()
{
    const torch::NoGradGuard values;
    m_earlier.copy_(leaves());
}

/// [nodes]; false of branches.
std::vector<bool> SoftTree::leavesAbove(double threshold) const
{
    const torch::NoGradGuard values;
    const at::Tensor largest = at::softmax(leaves(), 1).amax(1).to(at::kCPU);
    const std::vector<std::int64_t> places = leafPlaces();
    std::vector<bool> stays(m_config.nodes.size());
    for (std::size_t i = 0; i < places.size(); ++i)
        stays[static_cast<std::size_t>(places[i])] = largest[static_cast<std::int64_t>(i)].item<double>() > threshold;
    return stays;
}

/// A branch that stays has the same leaves below it before and after, those left out that go.
std::vector<std::vector<int>> SoftTree::classesAfterPruning(double threshold) const
{
    const torch::NoGradGuard values;
    const std::vector<bool> stays = leavesAbove(threshold);
    const bool prunes = prunedTree(m_config, stays).has_value();
    const at::Tensor most = leaves().argmax(1).to(at::kCPU);
    const std::vector<std::int64_t> places = leafPlaces();
    std::vector<int> classOfLeaf(m_config.nodes.size(), -1);
    for (std::size_t i = 0; i < places.size(); ++i)
        if (const auto place = static_cast<std::size_t>(places[i]); stays[place] || !prunes)
            classOfLeaf[place] = most[static_cast<std::int64_t>(i)].item<int>();
    return classesOfPrototypes(m_config, classOfLeaf, m_prototypes);
}

bool SoftTree::prune(double threshold)
{
    const torch::NoGradGuard values;
    const std::vector<bool> stays = leavesAbove(threshold);
    const std::vector<std::int64_t> places = leafPlaces();
    std::optional<TreeConfig> pruned = prunedTree(m_config, stays);
    if (!pruned)
        return false;
    std::vector<std::int64_t> rows; // leaves keep their order
    for (std::size_t i = 0; i < places.size(); ++i)
        if (stays[static_cast<std::size_t>(places[i])])
            rows.push_back(static_cast<std::int64_t>(i));
    const at::Tensor which = at::tensor(rows, at::kLong).to(m_earlier.device());
    const at::Tensor kept = leaves().index_select(0, which);
    const at::Tensor earlier = m_earlier.index_select(0, which);
    setForm(std::move(*pruned));
    setLeaves(kept, earlier);
    return true;
}

} // namespace ocellus
