// SPDX-License-Identifier: GPL-3.0-or-later
// Compares the model with the oracle's numbers: parity FOLDER... (.safetensors files with `config` in their metadata).
// A plain program: it also runs where only LibTorch is at hand. OCELLUS_TEST_DEVICE=cuda compares on a GPU.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/safetensors_reader.h"
#include "core/model/formula_source.h"
#include "core/model/intr.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

using Json = nlohmann::json;

constexpr double attentionTolerance = 1e-5;
constexpr double valueTolerance = 1e-4;

ModelConfig configOf(const Json& json)
{
    ModelConfig config;
    for (const BackboneKind kind :
         {BackboneKind::ResNet18, BackboneKind::ResNet34, BackboneKind::ResNet50, BackboneKind::ResNet101})
        if (json.at("backbone") == toString(kind))
            config.backbone = kind;
    config.dilation = json.at("dilation");
    config.position = json.at("position_embedding") == "sine" ? PositionKind::Sine : PositionKind::Learned;
    config.hiddenDim = json.at("hidden_dim");
    config.heads = json.at("nheads");
    config.encoderLayers = json.at("enc_layers");
    config.decoderLayers = json.at("dec_layers");
    config.feedForward = json.at("dim_feedforward");
    config.queries = json.at("num_queries");
    config.preNorm = json.at("pre_norm");
    return config;
}

at::Tensor stored(const SafetensorsReader& file, const char* name)
{
    const TensorInfo* info = file.find(name);
    if (!info)
        throw Error(ErrorCode::NotFound, name, "expected this tensor among the oracle's numbers");
    at::Tensor tensor = at::empty(info->shape, at::kFloat);
    file.read(*info, {tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())});
    return tensor;
}

at::Tensor formulaImage(int height, int width)
{
    at::Tensor image = at::empty({1, 3, height, width}, at::kFloat);
    fillByFormula("image", -2, 2, {image.data_ptr<float>(), static_cast<std::size_t>(image.numel())});
    return image;
}

/// One case: which queries are decoded, and which row of the result answers for each of the oracle's.
struct Case {
    ModelConfig config;
    std::vector<int> active;
    std::string mode;
    std::vector<std::int64_t> logitRows;
    std::vector<std::int64_t> mapRows;
    int zeroQueries = 0;
};

Case readCase(const Json& metadata)
{
    const auto parsed = [&metadata](const char* key) { return Json::parse(metadata.at(key).get<std::string>()); };
    Case c;
    c.config = configOf(parsed("config"));
    c.mode = metadata.at("mode");
    if (c.mode == "all") {
        c.active.resize(static_cast<std::size_t>(c.config.queries));
        std::iota(c.active.begin(), c.active.end(), 0);
    } else {
        c.active = parsed("active").get<std::vector<int>>();
    }
    if (c.mode == "zero")
        c.zeroQueries = c.config.queries - static_cast<int>(c.active.size());
    const auto rowOf = [&c](int index) -> std::int64_t {
        if (c.mode == "drop")
            return index; // the oracle counts among the active ones
        return std::find(c.active.begin(), c.active.end(), index) - c.active.begin();
    };
    const int logits = c.mode == "drop" ? static_cast<int>(c.active.size()) : c.config.queries;
    for (int index = 0; index < logits; ++index)
        c.logitRows.push_back(rowOf(index));
    for (const int index : parsed("attention_queries").get<std::vector<int>>())
        c.mapRows.push_back(rowOf(index));
    return c;
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

bool run(const std::filesystem::path& path, const Compute& compute)
{
    const SafetensorsReader file(path);
    const Json& metadata = file.args();
    const Case c = readCase(metadata);
    std::printf("%s\n", path.stem().c_str());

    const c10::InferenceMode inference;
    const Intr model(c.config, FormulaSource(c.config), compute, {});
    const Intr::Memory memory = model.encode(formulaImage(std::stoi(metadata.at("image_height").get<std::string>()),
                                                          std::stoi(metadata.at("image_width").get<std::string>())),
                                             {});
    const Intr::Decoded decoded = model.decode(memory, c.active, c.zeroQueries, {});
    const auto pick = [&compute](const at::Tensor& tensor, int axis, const std::vector<std::int64_t>& rows) {
        return tensor.index_select(axis, at::tensor(rows, at::kLong).to(compute.device));
    };
    bool good = compare("memory", memory.tokens.t().reshape({c.config.hiddenDim, memory.rows, memory.columns}),
                        stored(file, "memory"), valueTolerance);
    good &= compare("logits", pick(decoded.logits, 0, c.logitRows), stored(file, "logits"), valueTolerance);
    good &= compare("queries", pick(decoded.maps.outputs, 0, c.logitRows), stored(file, "queries"), valueTolerance);
    good &= compare("scores", pick(decoded.maps.scores, 2, c.mapRows), stored(file, "scores"), valueTolerance);
    good &=
        compare("attention", pick(decoded.maps.attention, 2, c.mapRows), stored(file, "attention"), attentionTolerance);
    return good;
}

int runAll(const std::vector<std::filesystem::path>& folders)
{
    const char* const device = std::getenv("OCELLUS_TEST_DEVICE");
    Compute compute;
    compute.device = at::Device(device ? device : "cpu");
    int failed = 0;
    int cases = 0;
    for (const std::filesystem::path& folder : folders)
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.path().extension() != ".safetensors" || SafetensorsReader(entry.path()).find("logits") == nullptr)
                continue;
            ++cases;
            failed += run(entry.path(), compute) ? 0 : 1;
        }
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
