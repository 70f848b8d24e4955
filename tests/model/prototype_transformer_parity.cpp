// SPDX-License-Identifier: GPL-3.0-or-later
// Compares ProtoPFormer and Concept Transformer with the oracle's numbers: prototype_transformer_parity FOLDER...
// (protopformer-*.safetensors, concepts-*.safetensors). A plain program, like parity; OCELLUS_TEST_DEVICE=cuda compares
// on a GPU.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/engine/kept_tokens.h"
#include "core/model/concept_transformer/concept_family.h"
#include "core/model/concept_transformer/concept_model.h"
#include "core/model/protopformer/former_family.h"
#include "core/model/protopformer/former_model.h"
#include "core/model/state_dict.h"
#include "core/model/torch_headers.h"
#include "tests/model/parity_program.h"
#include "tests/support/golden_file.h"
#include "tests/support/released_transformers.h"
#include "tests/support/transformer_formula.h"

namespace ocellus {
namespace {

at::Tensor stored(const GoldenFile& file, const char* name)
{
    return at::tensor(file.values<float>(name), at::kFloat).view(file.shape(name));
}

at::Tensor formulaImage(std::int64_t side, const Compute& compute)
{
    at::Tensor image = at::empty({1, 3, side, side}, at::kFloat);
    fillByFormula("image", -2, 2, {image.data_ptr<float>(), static_cast<std::size_t>(image.numel())});
    return image.to(compute.device);
}

VitConfig vitOf(const nlohmann::json& json)
{
    const int patch = json.at("patch");
    return plainVit(patch, json.at("size").get<int>() / patch, json.at("width"), json.at("depth"), json.at("heads"));
}

ModelConfig formerConfig(const nlohmann::json& json)
{
    const bool isCait = json.value("cait", false);
    ModelConfig config;
    config.head = HeadKind::Former;
    config.queries = json.at("classes");
    config.vit = vitOf(json);
    config.vit->layerScale = isCait;
    config.vit->prefixHasPosition = !isCait;
    FormerConfig former;
    former.addOn = {json.at("d").get<int>()};
    former.classOf = inOrder(config.queries, json.at("prototypes").get<int>() / config.queries);
    former.globalClassOf = inOrder(config.queries, json.at("global_per_class"));
    former.classBlocks = isCait ? 2 : 0;
    former.keepLayer = json.at("layer");
    former.keep = json.at("keep");
    config.former = std::move(former);
    return config;
}

/// Each class's maps as the window asks for them: its own prototypes', then where the class token looked.
bool sharesOutMaps(const Model::Decoded& decoded, const ModelConfig& config, const GoldenFile& file)
{
    const at::Tensor table = stored(file, "similarities");
    const at::Tensor rollout = stored(file, "rollout");
    for (int c = 0; c < config.queries; ++c)
        for (int head = 0; head < decoded.extent.heads; ++head) {
            const auto part = decoded.arrays.maps->part(0, head, c);
            if (!part)
                return false;
            const auto& owners = part->isGlobal() ? config.former->globalClassOf : config.former->classOf;
            const at::Tensor row = at::tensor(decoded.arrays.maps->scores(0, head, c), at::kFloat);
            const at::Tensor expected = part->isGlobal() ? rollout : table[part->prototype];
            const at::Tensor shares = at::tensor(decoded.arrays.maps->attention(0, head, c), at::kFloat);
            if (owners[static_cast<std::size_t>(part->prototype)] != c ||
                (row - expected).abs().max().item<double>() > 2e-5 || std::abs(shares.sum().item<double>() - 1) > 1e-5)
                return false;
        }
    return true;
}

bool runFormer(const GoldenFile& file, const Compute& compute)
{
    const nlohmann::json json = file.json("config");
    const ModelConfig expected = formerConfig(json);
    const TransformerFormula source(releasedFormer(expected));
    DeclaredArgs args;
    if (expected.former->classBlocks == 0) // of a CaiT the tensors tell
        args.vit.heads = expected.vit->heads;
    args.former = {expected.former->keepLayer, expected.former->keep, expected.former->globalShare};
    const RecognisedModel read = protoPFormerFamily().recognise(source, args).value();
    checkTensors(formerTensors(read.config), *read.renamed);
    const FormerModel model(read.config, *read.renamed, compute, {});
    const at::Tensor image = formulaImage(json.at("size"), compute);
    const FormerModel::Findings found = model.find(image, {});
    const auto memory = model.encode(image, {});
    const Model::Decoded decoded = model.decode(*memory, {}, {});
    bool good = check(read.config == expected, "config");
    good &= compare("rollout", found.tokens.rollout, stored(file, "rollout"), 5e-6);
    const KeptTokens* kept = decoded.arrays.maps->kept();
    good &= check(kept && std::ranges::equal(kept->cells, file.values<std::int64_t>("kept")), "kept");
    good &= compare("activations", found.activations, stored(file, "activations"), 2e-5);
    good &= compare("global", found.globalActivations, stored(file, "activations_global"), 2e-5);
    good &= compare("logits", at::tensor(decoded.arrays.logits, at::kFloat), stored(file, "logits"), 2e-5);
    return check(sharesOutMaps(decoded, expected, file), "maps") && good;
}

std::vector<float> biasesOf(const TensorSource& source, const ConceptPlace& place, int classes)
{
    std::vector<float> values(static_cast<std::size_t>(classes));
    source.read(*source.find(place.attention + std::string("proj.bias")), values);
    return values;
}

/// A logit is what all concepts give, and two biases; a concept's map is its attention.
bool addsUp(const Model::Decoded& decoded, const ModelConfig& config, const TensorSource& source,
            const GoldenFile& file)
{
    const std::vector<float> ofPatches = biasesOf(source, conceptsOfPatches, config.queries);
    const std::vector<float> ofPicture = biasesOf(source, conceptsOfPicture, config.queries);
    const at::Tensor spatial = stored(file, "spatial");
    for (int c = 0; c < config.queries; ++c) {
        const auto place = static_cast<std::size_t>(c);
        double sum = ofPatches[place] + ofPicture[place];
        for (int head = 0; head < decoded.extent.heads; ++head) {
            const auto part = decoded.arrays.maps->part(0, head, c);
            sum += part->contribution();
            const at::Tensor row = at::tensor(decoded.arrays.maps->scores(0, head, c), at::kFloat);
            if (!part->isGlobal() && (row - spatial.select(1, head)).abs().max().item<double>() > 2e-4)
                return false;
        }
        if (std::abs(sum - decoded.arrays.logits[place]) > 2e-4)
            return false;
    }
    return true;
}

bool runConcepts(const GoldenFile& file, const Compute& compute)
{
    const nlohmann::json json = file.json("config");
    ModelConfig expected;
    expected.head = HeadKind::Concepts;
    expected.queries = json.at("classes");
    expected.vit = vitOf(json);
    expected.concepts = ConceptConfig{json.at("spatial"), json.at("concepts"), 2};
    const TransformerFormula source(releasedConcepts(expected));
    DeclaredArgs args;
    args.vit.heads = expected.vit->heads;
    const RecognisedModel read = conceptFamily().recognise(source, args).value();
    checkTensors(conceptTensors(read.config), *read.renamed);
    const ConceptModel model(read.config, *read.renamed, compute, {});
    const at::Tensor image = formulaImage(json.at("size"), compute);
    const ConceptModel::Findings found = model.find(image, {});
    const auto memory = model.encode(image, {});
    const Model::Decoded decoded = model.decode(*memory, {}, {});
    bool good = check(read.config == expected, "config");
    good &= compare("logits", at::tensor(decoded.arrays.logits, at::kFloat), stored(file, "logits"), 2e-4);
    good &= compare("concepts", found.ofPicture.mean(0).squeeze(0), stored(file, "concepts"), 2e-4);
    good &= compare("spatial", found.ofPatches.mean(0), stored(file, "spatial"), 2e-4);
    good &= compare("by_patch", found.cellScores, stored(file, "by_patch"), 2e-4);
    return check(addsUp(decoded, expected, source, file), "maps") && good;
}

bool run(const std::filesystem::path& path, const Compute& compute, int& cases)
{
    const std::string name = path.stem().string();
    const bool isFormer = name.starts_with("protopformer-");
    if (!isFormer && !name.starts_with("concepts-"))
        return true;
    const GoldenFile file(path);
    const c10::InferenceMode inference;
    Compute separate = compute; // the kernels that PyTorch's own numbers were made with
    separate.packed = false;
    bool good = true;
    for (const Compute& kernels : {separate, compute}) {
        ++cases;
        std::printf("%s, %s kernels\n", name.c_str(), kernels.packed ? "packed" : "separate");
        good = (isFormer ? runFormer(file, kernels) : runConcepts(file, kernels)) && good;
    }
    return good;
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    return ocellus::runParity(argc, argv, ocellus::run);
}
