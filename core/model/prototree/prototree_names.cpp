// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototree/prototree_names.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/model/prototree/tree_rows.h"
#include "core/model/prototree/tree_shape.h"
#include "core/model/prototypes/module_facts_reading.h"
#include "core/model/prototypes/prototype_tensors.h"
#include "core/model/prototypes/said_of_prototypes.h"
#include "core/model/shape_reading.h"

namespace ocellus {

namespace {

constexpr const char* wayOut = "Open model.pth (or tree.pkl) from the same folder, which hold the whole tree";

/// Puts the tree together from the modules' names and numbers.
class TreeReader {
public:
    TreeReader(const ModuleFactsReading& facts, int prototypes)
        : m_facts(facts),
          m_prototypes(prototypes),
          m_prototypeOf(facts.tableNumbers("_out_map", "_index"))
    {
    }

    TreeConfig run()
    {
        add("_root", 0);
        if (m_tree.nodes.front().isLeaf())
            throw Error(ErrorCode::Unsupported, "_root", "expected a tree with at least one branch, got a single leaf");
        return std::move(m_tree);
    }

private:
    /// The node's place in the list; it goes before its children.
    int add(const std::string& path, int depth)
    {
        if (depth > TreeLimits::MostDepth || m_tree.nodes.size() >= TreeLimits::MostNodes)
            throw Error(ErrorCode::TooLarge, path,
                        "expected a tree of at most " + std::to_string(TreeLimits::MostNodes) + " nodes and " +
                            std::to_string(TreeLimits::MostDepth) + " levels");
        const std::optional<int> index = m_facts.moduleNumber(path, "_index");
        if (!index)
            throw Error(ErrorCode::Mismatch, path, "expected a node with an _index, got none");
        m_tree.depth = std::max(m_tree.depth, depth);
        const std::size_t place = m_tree.nodes.size();
        TreeNode node;
        node.index = *index;
        m_tree.nodes.push_back(node);
        if (!m_facts.hasModule(path + ".l")) {
            node.leaf = path + "._dist_params";
            m_tree.isNormed = m_tree.isNormed || m_facts.moduleFlag(path, "_kontschieder_normalization");
        } else {
            const auto prototype = m_prototypeOf.find(*index);
            const bool isKnown = prototype != m_prototypeOf.end();
            if (!isKnown || prototype->second < 0 || prototype->second >= m_prototypes)
                throw Error(ErrorCode::Mismatch, "_out_map",
                            "expected one of " + std::to_string(m_prototypes) + " prototypes for node " +
                                std::to_string(*index) + ", got " +
                                (isKnown ? std::to_string(prototype->second) : std::string("none")),
                            wayOut);
            node.prototype = prototype->second;
            node.left = add(path + ".l", depth + 1);
            node.right = add(path + ".r", depth + 1);
        }
        m_tree.nodes[place] = std::move(node);
        return static_cast<int>(place);
    }

    const ModuleFactsReading& m_facts;
    int m_prototypes;
    std::map<int, int> m_prototypeOf; ///< by the branches' numbers
    TreeConfig m_tree;
};

} // namespace

const PrototypeNames& protoTreeNames()
{
    static const PrototypeNames names{"_net.", "_add_on.", "prototype_layer.prototype_vectors"};
    return names;
}

std::optional<InferredConfig> inferProtoTree(const TensorSource& source, const DeclaredArgs& args)
{
    const PrototypeNames& names = protoTreeNames();
    if (!source.find(names.vectors) || !hasNameWith(source, "_dist_params"))
        return std::nullopt;
    const ModuleFactsReading facts(args.object);
    if (!facts.isThere() && !args.tree)
        throw Error(ErrorCode::Unsupported, "checkpoint",
                    "this is a ProtoTree's state dict, which does not tell which node uses which prototype: that came "
                    "from the order of a Python set and cannot be computed again",
                    wayOut);
    InferredConfig result;
    PrototypeConfig config = inferPrototypes(source, names, args, result.assumed);
    config.similarity = SimilarityKind::Exponential;
    config.imageSize = SaidOfPrototypes(source, facts, args).imageSize(result.assumed).value_or(config.imageSize);
    if (facts.isThere()) {
        config.tree = TreeReader(facts, config.prototypes).run();
    } else {
        config.tree = treeFromRows(*args.tree, config.prototypes);
        config.tree->isNormed = args.normedLeaves.value_or(false);
    }
    const auto leaf = std::ranges::find_if(config.tree->nodes, &TreeNode::isLeaf);
    result.config.head = HeadKind::Tree;
    result.config.queries = extentOf(source, leaf->leaf, 1, 0);
    result.config.prototypes = std::move(config);
    return result;
}

std::vector<TensorInfo> protoTreeTensors(const ModelConfig& config)
{
    TensorList list;
    addPrototypeTensors(list, *config.prototypes, protoTreeNames());
    for (const TreeNode& node : config.prototypes->tree->nodes)
        if (node.isLeaf())
            list.add(node.leaf, {config.queries});
    return list.sorted();
}

} // namespace ocellus
