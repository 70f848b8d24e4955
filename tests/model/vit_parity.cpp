// SPDX-License-Identifier: GPL-3.0-or-later
// Compares Vision Transformers with the oracle's numbers: vit_parity FOLDER... (.safetensors files with `kind` in their
// metadata). A plain program, like parity; OCELLUS_TEST_DEVICE=cuda compares on a GPU.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/model/formula_source.h"
#include "core/model/mapped_source.h"
#include "core/model/torch_headers.h"
#include "core/model/vit/dino_cls.h"
#include "core/model/vit/infer_vit.h"
#include "core/model/vit/mass_mask.h"
#include "core/model/vit/vit.h"
#include "core/model/vit/vit_names.h"
#include "tests/support/golden_file.h"
#include "tests/support/oracle_vit.h"

namespace ocellus {
namespace {

constexpr double attentionTolerance = 1e-5;
constexpr double valueTolerance = 1e-4;

at::Tensor stored(const GoldenFile& file, const char* name)
{
    const std::vector<float> values = file.values<float>(name);
    return at::tensor(values, at::kFloat).view(file.shape(name));
}

at::Tensor formulaImage(const GoldenFile& file)
{
    at::Tensor image = at::empty({1, 3, file.json("image_height"), file.json("image_width")}, at::kFloat);
    fillByFormula("image", -2, 2, {image.data_ptr<float>(), static_cast<std::size_t>(image.numel())});
    return image;
}

bool compare(const char* what, const at::Tensor& got, const at::Tensor& expected, double tolerance)
{
    const at::Tensor host = got.to(at::kCPU, at::kFloat);
    if (host.sizes() != expected.sizes()) {
        std::printf("  %-10s shape differs\n", what);
        return false;
    }
    const double difference = (host - expected).abs().max().item<double>();
    const bool good = difference <= tolerance; // false for NaN
    std::printf("  %-10s %.2e (at most %.0e) %s\n", what, difference, tolerance, good ? "ok" : "FAILED");
    return good;
}

bool check(bool good, const char* what)
{
    std::printf("  %-10s %s\n", what, good ? "equal, ok" : "FAILED");
    return good;
}

/// What an owner would have to say: heads and the rest are no matter of names and shapes.
VitDeclared declaredBy(const VitConfig& config)
{
    return {config.heads, config.resampling, config.activation, config.eps};
}

/// Through the names of the oracle's state dict, as a file would be read.
Vit loadVit(const GoldenFile& file, const Compute& compute)
{
    const nlohmann::json json = file.json("config");
    const FormulaSource formula(oracleVitTensors(json));
    const VitNames names = vitNames(formula).value();
    const MappedSource source(formula, names.tensors);
    const VitConfig expected = oracleVitConfig(json);
    const VitConfig config = inferVit(source, declaredBy(expected), json.at("mask_token"), true).config;
    if (config != expected)
        throw Error(ErrorCode::Mismatch, "config", "names and shapes are read differently");
    Weights weights(source, {});
    return {config, weights, compute};
}

bool runVit(const GoldenFile& file, const Compute& compute)
{
    const Vit model = loadVit(file, compute);
    const auto kept = file.json("kept_tokens").get<std::vector<std::int64_t>>();
    const auto keptOf = [index = at::tensor(kept, at::kLong).to(compute.device)](const at::Tensor& tokens) {
        return tokens.index_select(0, index);
    };
    const Vit::Tokens embedded = model.embed(formulaImage(file));
    std::vector<at::Tensor> entering{embedded.values};
    for (std::size_t block = 0; block < model.blocks().size(); ++block)
        entering.push_back(model.runBlocks(block, block + 1, entering.back(), {}));
    std::vector<at::Tensor> tokens;
    std::ranges::transform(entering, std::back_inserter(tokens), keptOf);
    std::vector<at::Tensor> attention;
    std::vector<at::Tensor> scores;
    for (const std::size_t block : file.json("attention_layers").get<std::vector<std::size_t>>()) {
        const BlockAttention looked = attentionOf(model.blocks()[block], entering[block], kept);
        attention.push_back(looked.weights);
        scores.push_back(looked.scores);
    }
    const at::Tensor position = model.position().encode(embedded.rows, embedded.columns);
    const at::Tensor normed = model.normed(entering.back());
    bool good = compare("position", position.slice(0, 0, 8), stored(file, "position"), attentionTolerance);
    good &= compare("tokens", at::stack(tokens), stored(file, "tokens"), valueTolerance);
    good &= compare("normed", keptOf(normed), stored(file, "normed"), valueTolerance);
    good &= compare("attention", at::stack(attention), stored(file, "attention"), attentionTolerance);
    good &= compare("scores", at::stack(scores), stored(file, "scores"), valueTolerance);
    if (file.has("logits"))
        good &= compare("logits", model.logits(normed), stored(file, "logits"), valueTolerance);
    return good;
}

bool runDinoCls(const GoldenFile& file, const Compute& compute)
{
    const Vit model = loadVit(file, compute);
    const at::Tensor maps = classTokenMaps(model, formulaImage(file), {}).to(at::kCPU, at::kFloat).contiguous();
    bool good = compare("maps", maps, stored(file, "maps"), attentionTolerance);
    std::vector<std::uint8_t> masks;
    const auto cells = static_cast<std::size_t>(maps.size(1) * maps.size(2));
    for (std::int64_t head = 0; head < maps.size(0); ++head) {
        const at::Tensor map = maps[head].contiguous();
        std::ranges::copy(massMask({map.data_ptr<float>(), cells}, file.json("keep")), std::back_inserter(masks));
    }
    return check(masks == file.values<std::uint8_t>("masks"), "masks") && good;
}

bool run(const std::filesystem::path& path, const Compute& compute, int& cases)
{
    const GoldenFile file(path);
    const std::string kind = file.text("kind");
    bool (*const runKind)(const GoldenFile&, const Compute&) = kind == "vit"        ? runVit
                                                               : kind == "dino-cls" ? runDinoCls
                                                                                    : nullptr;
    if (!runKind)
        return true;
    ++cases;
    std::printf("%s\n", path.stem().c_str());
    const c10::InferenceMode inference;
    return runKind(file, compute);
}

int runAll(const std::vector<std::filesystem::path>& folders)
{
    const char* const device = std::getenv("OCELLUS_TEST_DEVICE");
    Compute compute;
    compute.device = at::Device(device ? device : "cpu");
    int failed = 0;
    int cases = 0;
    for (const std::filesystem::path& folder : folders)
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == ".safetensors")
                failed += run(entry.path(), compute, cases) ? 0 : 1;
    std::printf("%d cases, %d failed\n", cases, failed);
    return cases > 0 && failed == 0 ? 0 : 1;
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    try {
        return ocellus::runAll({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
