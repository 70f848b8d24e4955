// SPDX-License-Identifier: GPL-3.0-or-later
// Compares Vision Transformers with the oracle's numbers: vit_parity FOLDER... (.safetensors files with `kind` in their
// metadata). A plain program, like parity; OCELLUS_TEST_DEVICE=cuda compares on a GPU.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/model/formula_source.h"
#include "core/model/intr/intr_model.h"
#include "core/model/intr_vit/intr_vit_family.h"
#include "core/model/mapped_source.h"
#include "core/model/prompt_cam/prompt_cam_family.h"
#include "core/model/prompt_cam/prompt_cam_model.h"
#include "core/model/state_dict.h"
#include "core/model/torch_headers.h"
#include "core/model/vit/dino_cls.h"
#include "core/model/vit/infer_vit.h"
#include "core/model/vit/mass_mask.h"
#include "core/model/vit/vit.h"
#include "core/model/vit/vit_names.h"
#include "tests/model/parity_program.h"
#include "tests/support/golden_file.h"
#include "tests/support/oracle_vit.h"

namespace ocellus {
namespace {

constexpr double attentionTolerance = 1e-5;
constexpr double valueTolerance = 1e-4;
/// INTR's decoder makes ten times as much of a difference between two roundings of the network: the reference's own
/// attention is 1.1e-5 from what it says in double precision, so that sums in another order cannot come nearer.
constexpr double amplified = 2;

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

/// Maps [L, R, rows, N] of the layers from `first` on, as the window makes them.
at::Tensor mapsOf(const Model::Decoded& decoded, const std::vector<int>& rows, int first, bool wantsScores)
{
    const Decoding::Extent& extent = decoded.extent;
    std::vector<float> all;
    for (int layer = first; layer < extent.layers; ++layer)
        for (int head = 0; head < extent.heads; ++head)
            for (const int row : rows)
                std::ranges::copy(wantsScores ? decoded.arrays.maps->scores(layer, head, row)
                                              : decoded.arrays.maps->attention(layer, head, row),
                                  std::back_inserter(all));
    return at::tensor(all, at::kFloat)
        .view(
            {extent.layers - first, extent.heads, static_cast<std::int64_t>(rows.size()), extent.rows, extent.columns});
}

at::Tensor vectors(const std::vector<float>& values, std::int64_t width)
{
    return at::tensor(values, at::kFloat).view({-1, width});
}

/// The state dict of the oracle's INTR, its Vision Transformer under the names that it has there.
std::vector<TensorInfo> intrTensors(const ModelConfig& config, const nlohmann::json& vit)
{
    std::vector<TensorInfo> tensors = expectedTensors(config);
    std::erase_if(tensors, [](const TensorInfo& tensor) { return tensor.name.starts_with("backbone.0.body."); });
    std::ranges::copy(oracleVitTensors(vit, "backbone.0.body."), std::back_inserter(tensors));
    std::ranges::sort(tensors, {}, &TensorInfo::name);
    return tensors;
}

ModelConfig intrConfig(const nlohmann::json& json)
{
    ModelConfig config;
    config.hiddenDim = json.at("hidden_dim");
    config.heads = json.at("nheads");
    config.encoderLayers = json.at("enc_layers");
    config.decoderLayers = json.at("dec_layers");
    config.feedForward = json.at("dim_feedforward");
    config.queries = json.at("num_queries");
    config.preNorm = json.at("pre_norm");
    config.vit = oracleVitConfig(json.at("vit_config"));
    return config;
}

bool runIntr(const GoldenFile& file, const Compute& compute)
{
    const nlohmann::json json = file.json("config");
    const ModelConfig expected = intrConfig(json);
    const FormulaSource formula(intrTensors(expected, json.at("vit_config")));
    const RecognisedModel read =
        intrVitFamily().recognise(formula, {expected.heads, {}, {}, {}, declaredBy(*expected.vit)}).value();
    const IntrModel model(read.config, *read.renamed, compute, {});
    const auto memory = model.encode(formulaImage(file).to(compute.device), {});
    const std::string mode = file.text("mode");
    QuerySet set;
    if (mode != "all")
        set = {mode == "zero" ? LimitMode::Zero : LimitMode::Drop, file.json("active").get<std::vector<int>>()};
    const Model::Decoded decoded = model.decode(*memory, set, {});
    std::vector<int> rows = file.json("attention_queries").get<std::vector<int>>();
    std::vector<int> answering = decoded.queryOfClass;
    if (mode == "drop")
        answering = allClasses(static_cast<int>(set.active.size())); // the oracle counts among the active ones
    else
        std::ranges::transform(rows, rows.begin(), [&](int row) { return decoded.queryOfClass.at(row); });
    const at::Tensor grid = memory->tokens.t().reshape({expected.hiddenDim, memory->rows, memory->columns});
    bool good = check(read.config == expected, "config");
    good &= compare("memory", grid.slice(1, 0, {}, 2).slice(2, 0, {}, 2), stored(file, "memory"), valueTolerance);
    good &= compare("logits", at::tensor(decoded.arrays.logits, at::kFloat), stored(file, "logits"), valueTolerance);
    good &= compare("queries",
                    vectors(decoded.arrays.outputs, expected.hiddenDim)
                        .index_select(0, at::tensor(std::vector<std::int64_t>(answering.begin(), answering.end()))),
                    stored(file, "queries"), valueTolerance);
    const at::Tensor attention = stored(file, "attention");
    good &= compare("attention", mapsOf(decoded, rows, 0, false).view(attention.sizes()), attention,
                    attentionTolerance * amplified);
    const at::Tensor scores = stored(file, "scores");
    return compare("scores", mapsOf(decoded, rows, 0, true).view(scores.sizes()), scores, valueTolerance * amplified) &&
           good;
}

/// The oracle's attention where heads of one row are blurred: the same for all tokens.
void blur(at::Tensor maps, const std::vector<int>& heads, int row, float value)
{
    for (const int head : heads)
        maps[0][head][row].fill_(value);
}

bool runPromptCam(const GoldenFile& file, const Compute& compute)
{
    const nlohmann::json json = file.json("config");
    const VitConfig vit = oracleVitConfig(json);
    ModelConfig expected;
    expected.head = HeadKind::Prompts;
    expected.queries = json.at("classes");
    expected.promptLayers = json.at("prompt_layers");
    expected.vit = vit;
    std::vector<TensorInfo> tensors = promptCamTensors(expected);
    if (json.at("mask_token"))
        tensors.push_back({"mask_token", DType::Float32, {1, vit.width}});
    std::ranges::sort(tensors, {}, &TensorInfo::name);
    const FormulaSource formula(std::move(tensors));
    const RecognisedModel read = promptCamFamily().recognise(formula, {{}, {}, {}, {}, declaredBy(vit)}).value();
    const PromptCamModel model(read.config, *read.renamed, compute, {});
    const auto memory = model.encode(formulaImage(file).to(compute.device), {});
    QuerySet set;
    if (!file.json("active").is_null())
        set = {LimitMode::Drop, file.json("active").get<std::vector<int>>()};
    const Model::Decoded decoded = model.decode(*memory, set, {});
    const auto blurred = file.json("blur").get<std::vector<int>>();
    const int target = file.json("target");
    const auto kept = file.json("kept_classes").get<std::vector<int>>();
    at::Tensor logits = at::tensor(decoded.arrays.logits, at::kFloat);
    at::Tensor outputs = vectors(decoded.arrays.outputs, vit.width);
    at::Tensor attention = mapsOf(decoded, kept, decoded.extent.layers - 1, false);
    at::Tensor scores = mapsOf(decoded, kept, decoded.extent.layers - 1, true);
    const std::vector<int> classes = set.active.empty() ? allClasses(expected.queries) : set.active;
    const PromptCam::Decoded last = model.network().decode(PromptCamModel::pictureOf(*memory), classes, {});
    if (!blurred.empty()) {
        const at::Tensor output = model.network().blurred(last, target, {blurred});
        outputs[target].copy_(output[0]);
        logits[target].copy_(model.network().scored(output)[0]);
        blur(attention, blurred, target, 1.0F / static_cast<float>(last.looks.keys.size(2)));
        blur(scores, blurred, target, 0);
    }
    bool good = check(read.config == expected, "config");
    good &= compare("logits", logits, stored(file, "logits"), valueTolerance);
    good &= compare("outputs", outputs.slice(0, 0, static_cast<std::int64_t>(kept.size())), stored(file, "outputs"),
                    valueTolerance);
    good &= compare("attention", attention[0], stored(file, "attention"), attentionTolerance);
    good &= compare("scores", scores[0], stored(file, "scores"), valueTolerance);
    if (file.has("head_order")) {
        const BlurredHeads ranking = model.blurHeads(*memory, set, target, {});
        const std::vector<std::uint8_t> order(ranking.order.begin(), ranking.order.end());
        good &= check(order == file.values<std::uint8_t>("head_order"), "head_order");
        good &= compare("after blur", at::tensor(ranking.probabilities, at::kFloat), stored(file, "probabilities"),
                        attentionTolerance);
    }
    return good;
}

using RunKind = bool (*)(const GoldenFile&, const Compute&);

RunKind runnerOf(const std::string& kind)
{
    if (kind == "vit")
        return runVit;
    if (kind == "dino-cls")
        return runDinoCls;
    if (kind == "prompt-cam")
        return runPromptCam;
    return kind == "intr-vit" ? runIntr : nullptr;
}

bool run(const std::filesystem::path& path, const Compute& compute, int& cases)
{
    const GoldenFile file(path);
    const RunKind runKind = runnerOf(file.text("kind"));
    if (!runKind)
        return true;
    const c10::InferenceMode inference;
    Compute separate = compute; // the kernels that PyTorch's own numbers were made with
    separate.packed = false;
    bool good = true;
    for (const Compute& kernels : {separate, compute}) {
        ++cases;
        std::printf("%s, %s kernels\n", path.stem().c_str(), kernels.packed ? "packed" : "separate");
        good = runKind(file, kernels) && good;
    }
    return good;
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    return ocellus::runParity(argc, argv, ocellus::run);
}
