// SPDX-License-Identifier: GPL-3.0-or-later
// Compares ProtoPNet and ProtoTree with the oracle's numbers: prototype_parity FOLDER... (protopnet-*.safetensors,
// prototree-*.safetensors). A plain program, like parity; OCELLUS_TEST_DEVICE=cuda compares on a GPU.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/engine/prototype_maps.h"
#include "core/model/protopnet/protopnet_family.h"
#include "core/model/protopnet/protopnet_model.h"
#include "core/model/protopnet/protopnet_names.h"
#include "core/model/prototree/prototree_family.h"
#include "core/model/prototree/prototree_model.h"
#include "core/model/prototree/prototree_names.h"
#include "core/model/prototypes/feature_plan.h"
#include "core/model/torch_headers.h"
#include "tests/model/parity_program.h"
#include "tests/support/golden_file.h"
#include "tests/support/prototype_formula.h"

namespace ocellus {
namespace {

at::Tensor stored(const GoldenFile& file, const char* name)
{
    const std::vector<float> values = file.values<float>(name);
    return at::tensor(values, at::kFloat).view(file.shape(name));
}

at::Tensor formulaImage(const GoldenFile& file)
{
    const std::int64_t size = file.json("size");
    at::Tensor image = at::empty({1, 3, size, size}, at::kFloat);
    fillByFormula("image", -2, 2, {image.data_ptr<float>(), static_cast<std::size_t>(image.numel())});
    return image;
}

FeatureConfig featuresOf(const std::string& arch)
{
    FeatureConfig features;
    if (arch == "resnet18")
        features.stages = {2, 2, 2, 2};
    else if (arch == "vgg11") {
        features.kind = FeatureKind::Vgg;
        features.stages = {64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0};
    } else
        throw Error(ErrorCode::Unsupported, "arch", "expected resnet18 or vgg11, got " + arch);
    return features;
}

/// Halving down to the prototypes' channels, two convolutions a level; or two at once.
std::vector<int> addOnOf(const std::string& kind, int channels, int wanted)
{
    if (kind == "regular")
        return {wanted, wanted};
    std::vector<int> widths;
    for (int c = channels; c > wanted || widths.empty(); c /= 2)
        widths.insert(widths.end(), 2, std::max(wanted, c / 2));
    return widths;
}

ModelConfig protoPNetConfig(const nlohmann::json& json)
{
    PrototypeConfig prototypes;
    prototypes.features = featuresOf(json.at("arch"));
    prototypes.prototypes = json.value("prototypes", 20);
    const int channels = json.value("d", 16);
    prototypes.addOn = addOnOf(json.value("add_on_layers", "regular"), featureChannels(prototypes.features), channels);
    prototypes.rows = prototypes.columns = json.value("patch", 1);
    prototypes.similarity = json.value("kind", "log") == "log" ? SimilarityKind::Log : SimilarityKind::Linear;
    ModelConfig config;
    config.head = HeadKind::Prototypes;
    config.queries = json.value("classes", 5);
    for (int i = 0; i < prototypes.prototypes; ++i)
        prototypes.classOf.push_back(i / (prototypes.prototypes / config.queries));
    config.prototypes = std::move(prototypes);
    return config;
}

at::Tensor embedded(const PrototypeNetwork& network, const at::Tensor& image)
{
    return network.embed(network.backbone() ? network.backbone()->run(image, {}) : image, {});
}

/// For grids of the golden picture's size, which have kernels of their own.
ModelConfig madeFor(ModelConfig config, const GoldenFile& file)
{
    config.prototypes->imageSize = file.json("size");
    return config;
}

/// Every class's maps as the window asks for them, against the whole table.
bool sharesOutMaps(const Model::Decoded& decoded, const ModelConfig& config, const at::Tensor& similarities)
{
    const at::Tensor table = similarities.flatten(1).contiguous();
    for (int c = 0; c < config.queries; ++c)
        for (int head = 0; head < decoded.extent.heads; ++head) {
            const auto part = decoded.arrays.maps->part(0, head, c);
            if (!part || config.prototypes->classOf[static_cast<std::size_t>(part->prototype)] != c)
                return false;
            const at::Tensor row = at::tensor(decoded.arrays.maps->scores(0, head, c), at::kFloat);
            const at::Tensor shares = at::tensor(decoded.arrays.maps->attention(0, head, c), at::kFloat);
            if ((row - table[part->prototype]).abs().max().item<double>() > 1e-3 ||
                std::abs(shares.sum().item<double>() - 1) > 1e-5 || shares.min().item<double>() < 0)
                return false;
        }
    return true;
}

bool runProtoPNet(const GoldenFile& file, const Compute& compute, double tolerance)
{
    const nlohmann::json json = file.json("config");
    const ModelConfig expected = protoPNetConfig(json);
    const PrototypeFormula source(protoPNetTensors(expected));
    DeclaredArgs args;
    args.similarity = json.value("kind", "log");
    const RecognisedModel read = protoPNetFamily().recognise(source, args).value();
    const ProtoPNetModel model(madeFor(read.config, file), source, compute, {});
    const at::Tensor image = formulaImage(file).to(compute.device);
    const ProtoPNetModel::Findings found = model.find(embedded(model.network(), image));
    const auto memory = model.encode(model.backbone()->run(image, {}), {});
    const Model::Decoded decoded = model.decode(*memory, {}, {});
    bool good = check(read.config == expected, "config");
    good &= compare("distances", found.distances, stored(file, "distances"), std::max(tolerance, 5e-5));
    good &= compare("similarities", found.similarities, stored(file, "similarities"), tolerance);
    good &= compare("activations", found.activations, stored(file, "activations"), tolerance);
    good &= compare("logits", at::tensor(decoded.arrays.logits, at::kFloat), stored(file, "logits"), tolerance);
    return check(sharesOutMaps(decoded, expected, stored(file, "similarities")), "maps") && good;
}

/// The oracle's tree, as a whole pickled object tells it: {branch: [left, right]}, {branch: prototype}.
class TreeFacts {
public:
    explicit TreeFacts(const GoldenFile& file) : m_tree(file.json("tree"))
    {
        m_facts = {{"modules", nlohmann::json::object()}, {"tables", {{"_out_map", nlohmann::json::array()}}}};
        const nlohmann::json outMap = file.json("out_map");
        for (const auto& [index, prototype] : outMap.items())
            m_facts["tables"]["_out_map"].push_back(
                nlohmann::json::array({nlohmann::json{{"_index", std::stoi(index)}}, prototype}));
        add("_root", 0);
    }

    const nlohmann::json& facts() const { return m_facts; }
    const std::vector<std::string>& leaves() const { return m_leaves; }
    int indexOf(const std::string& leaf) const { return m_leafOf.at(leaf); }

private:
    void add(const std::string& path, int index)
    {
        m_facts["modules"][path] = {{"_index", index}};
        const auto children = m_tree.find(std::to_string(index));
        if (children == m_tree.end()) {
            m_leaves.push_back(path + "._dist_params");
            m_leafOf[m_leaves.back()] = index;
            return;
        }
        add(path + ".l", children->at(0));
        add(path + ".r", children->at(1));
    }

    nlohmann::json m_tree;
    nlohmann::json m_facts;
    std::vector<std::string> m_leaves;
    std::map<std::string, int> m_leafOf;
};

/// The formula's weights, but the leaves' own: of a pruned tree they lie under other names than when they were filled.
class TreeWeights : public PrototypeFormula {
public:
    TreeWeights(std::vector<TensorInfo> tensors, const TreeFacts& facts, const GoldenFile& file)
        : PrototypeFormula(std::move(tensors))
    {
        const std::vector<std::int32_t> indices = file.values<std::int32_t>("leaves");
        const std::vector<float> values = file.values<float>("leaf_params");
        const auto classes = static_cast<std::ptrdiff_t>(file.shape("leaf_params").at(1));
        for (const std::string& leaf : facts.leaves()) {
            const auto row = std::ranges::find(indices, facts.indexOf(leaf)) - indices.begin();
            m_leaves[leaf].assign(values.begin() + row * classes, values.begin() + (row + 1) * classes);
        }
    }

    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        const auto leaf = m_leaves.find(tensor.name);
        if (leaf == m_leaves.end())
            return PrototypeFormula::read(tensor, out);
        std::ranges::copy(leaf->second, out.begin());
    }

private:
    std::map<std::string, std::vector<float>> m_leaves;
};

/// Names and shapes of a tree's model: those of a ProtoTree with these leaves.
std::vector<TensorInfo> treeTensors(const nlohmann::json& json, const std::vector<std::string>& leaves, int prototypes)
{
    ModelConfig config;
    config.queries = json.value("classes", 5);
    config.prototypes.emplace();
    config.prototypes->features = featuresOf(json.at("arch"));
    config.prototypes->addOn = {json.value("d", 16)};
    config.prototypes->addOnBias = false;
    config.prototypes->prototypes = prototypes;
    config.prototypes->tree.emplace();
    for (const std::string& leaf : leaves) {
        TreeNode node;
        node.leaf = leaf;
        config.prototypes->tree->nodes.push_back(node);
    }
    return protoTreeTensors(config);
}

bool runProtoTree(const GoldenFile& file, const Compute& compute, double tolerance)
{
    const nlohmann::json json = file.json("config");
    const TreeFacts facts(file);
    const auto prototypes = static_cast<int>(file.shape("presence").at(0));
    const TreeWeights source(treeTensors(json, facts.leaves(), prototypes), facts, file);
    DeclaredArgs args;
    args.object = &facts.facts();
    const RecognisedModel read = protoTreeFamily().recognise(source, args).value();
    const ProtoTreeModel model(madeFor(read.config, file), source, compute, {});
    const at::Tensor image = formulaImage(file).to(compute.device);
    const ProtoTreeModel::Findings found = model.find(embedded(model.network(), image));
    std::vector<double> soft;
    const TreeAnswer answer = model.walk(found.presence, soft);
    bool good = compare("distances", found.distances, stored(file, "distances"), tolerance);
    good &= compare("similarities", found.similarities, stored(file, "similarities"), tolerance);
    good &= compare("presence", at::tensor(found.presence, at::kFloat), stored(file, "presence"), tolerance);
    good &= compare("soft", at::tensor(soft, at::kDouble), stored(file, "soft"), tolerance);
    good &= compare("greedy", at::tensor(answer.greedy, at::kFloat), stored(file, "greedy"), tolerance);
    good &=
        compare("best", at::tensor(answer.bestDistribution, at::kFloat), stored(file, "best_distribution"), tolerance);
    const std::vector<std::int32_t> nodes = file.values<std::int32_t>("nodes");
    std::vector<double> reached;
    for (const std::int32_t index : nodes)
        reached.push_back(std::ranges::find(answer.nodes, index, &TreeAnswer::Node::index)->reached);
    good &= compare("reached", at::tensor(reached, at::kDouble), stored(file, "reached"), tolerance);
    good &= check(answer.best == file.json("best").get<int>(), "best leaf");
    const std::vector<std::int32_t> path = file.values<std::int32_t>("path");
    good &= check(std::ranges::equal(answer.path, path), "path");

    const auto memory = model.encode(model.backbone()->run(image, {}), {});
    const Model::Decoded decoded = model.decode(*memory, {}, {});
    const at::Tensor probabilities = at::tensor(decoded.arrays.logits, at::kFloat).softmax(0);
    good &= compare("as scores", probabilities, stored(file, "soft"), tolerance);
    bool isOnPath = true;
    for (std::size_t step = 0; step + 1 < path.size(); ++step) {
        const auto part = decoded.arrays.maps->part(0, static_cast<int>(step), 0);
        isOnPath = isOnPath && part && part->node == path[step];
    }
    isOnPath = isOnPath && !decoded.arrays.maps->part(0, static_cast<int>(path.size()) - 1, 0);
    return check(isOnPath && decoded.arrays.maps->tree(), "maps") && good;
}

bool run(const std::filesystem::path& path, const Compute& compute, int& cases)
{
    const std::string name = path.stem().string();
    const bool isNet = name.starts_with("protopnet-");
    if (!isNet && !name.starts_with("prototree-"))
        return true;
    const GoldenFile file(path);
    const c10::InferenceMode inference;
    Compute separate = compute; // the kernels that PyTorch's own numbers were made with
    separate.packed = false;
    bool good = true;
    for (const Compute& kernels : {separate, compute}) {
        ++cases;
        std::printf("%s, %s kernels\n", name.c_str(), kernels.packed ? "packed" : "separate");
        const double tolerance = name.ends_with("linear") ? 5e-4 : 1e-5;
        good = (isNet ? runProtoPNet(file, kernels, tolerance) : runProtoTree(file, kernels, tolerance)) && good;
    }
    return good;
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    return ocellus::runParity(argc, argv, ocellus::run);
}
