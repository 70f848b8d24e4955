// SPDX-License-Identifier: GPL-3.0-or-later
// Compares the model with the oracle's numbers: parity FOLDER... (.safetensors files with `config` in their metadata).
// A plain program: it also runs where only LibTorch is at hand. OCELLUS_TEST_DEVICE=cuda compares on a GPU.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/engine/projected_maps.h"
#include "core/io/safetensors_reader.h"
#include "core/model/classifier/linear_classifier.h"
#include "core/model/formula_source.h"
#include "core/model/intr/intr.h"
#include "core/model/torch_headers.h"
#include "tests/model/parity_program.h"
#include "tests/support/oracle_config.h"

namespace ocellus {
namespace {

using Json = nlohmann::json;

constexpr double attentionTolerance = 1e-5;
constexpr double valueTolerance = 1e-4;

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
    Intr::Queries queries; // with the oracle's logits
    std::vector<std::int64_t> mapRows;
    int height = 0;
    int width = 0;
};

Case readCase(const Json& metadata)
{
    const auto parsed = [&metadata](const char* key) { return Json::parse(metadata.at(key).get<std::string>()); };
    Case c;
    c.config = oracleConfig(parsed("config"));
    c.height = parsed("image_height");
    c.width = parsed("image_width");
    const std::string mode = metadata.at("mode");
    std::vector<int>& active = c.queries.classes;
    if (mode == "all") {
        active.resize(static_cast<std::size_t>(c.config.queries));
        std::iota(active.begin(), active.end(), 0);
    } else {
        active = parsed("active").get<std::vector<int>>();
    }
    if (mode == "zero")
        c.queries.zeros = c.config.queries - static_cast<int>(active.size());
    const auto rowOf = [&](int index) -> std::int64_t {
        if (mode == "drop")
            return index; // the oracle counts among the active ones
        return std::find(active.begin(), active.end(), index) - active.begin();
    };
    const int logits = mode == "drop" ? static_cast<int>(active.size()) : c.config.queries;
    for (int index = 0; index < logits; ++index) {
        c.queries.logits.classes.push_back(mode == "drop" ? active[static_cast<std::size_t>(index)] : index);
        c.queries.logits.rows.push_back(rowOf(index));
    }
    for (const int index : parsed("attention_queries").get<std::vector<int>>())
        c.mapRows.push_back(rowOf(index));
    return c;
}

using MapOf = std::vector<float> (ProjectedMaps::*)(int layer, int head, int query) const;

/// [L, R, rows, N], as the window makes them.
at::Tensor mapsOf(const Intr::Decoded& decoded, const Intr::Memory& memory, MapOf map,
                  const std::vector<std::int64_t>& rows)
{
    std::vector<std::shared_ptr<const float>> queries;
    std::vector<std::shared_ptr<const float>> keys;
    const auto onHost = [](const at::Tensor& tensor) {
        const auto host = std::make_shared<const at::Tensor>(tensor.to(at::kCPU, at::kFloat).contiguous());
        return std::shared_ptr<const float>(host, host->data_ptr<float>());
    };
    for (std::size_t layer = 0; layer < decoded.maps.queries.size(); ++layer) {
        queries.push_back(onHost(decoded.maps.queries[layer]));
        keys.push_back(onHost(memory.projection.keys[layer]));
    }
    const at::Tensor& first = decoded.maps.queries.front();
    const auto size = [](std::int64_t value) { return static_cast<std::size_t>(value); };
    const auto layers = static_cast<std::int64_t>(queries.size());
    const std::int64_t cells = memory.tokens.size(0);
    const ProjectedMaps maps({size(first.size(0)), size(first.size(1)), size(cells), size(first.size(2))},
                             std::move(queries), std::move(keys));
    at::Tensor all = at::empty({layers, first.size(0), static_cast<std::int64_t>(rows.size()), cells}, at::kFloat);
    float* place = all.data_ptr<float>();
    for (int layer = 0; layer < layers; ++layer)
        for (int head = 0; head < first.size(0); ++head)
            for (const std::int64_t row : rows)
                place = std::ranges::copy((maps.*map)(layer, head, static_cast<int>(row)), place).out;
    return all;
}

bool runIntr(const Case& c, const SafetensorsReader& file, const Compute& compute)
{
    const Intr model(c.config, FormulaSource(c.config), compute, {});
    const Intr::Memory memory = model.encode(formulaImage(c.height, c.width), {});
    const Intr::Decoded decoded = model.decode(memory.projection, c.queries, {});
    bool good = compare("memory", memory.tokens.t().reshape({c.config.hiddenDim, memory.rows, memory.columns}),
                        stored(file, "memory"), valueTolerance);
    good &= compare("logits", decoded.logits, stored(file, "logits"), valueTolerance);
    good &=
        compare("queries",
                decoded.maps.outputs.index_select(0, at::tensor(c.queries.logits.rows, at::kLong).to(compute.device)),
                stored(file, "queries"), valueTolerance);
    good &= compare("scores", mapsOf(decoded, memory, &ProjectedMaps::scores, c.mapRows), stored(file, "scores"),
                    valueTolerance);
    good &= compare("attention", mapsOf(decoded, memory, &ProjectedMaps::attention, c.mapRows),
                    stored(file, "attention"), attentionTolerance);
    return good;
}

bool runClassifier(const Case& c, const SafetensorsReader& file, const Compute& compute)
{
    const LinearClassifier model(c.config, FormulaSource(c.config), compute, {});
    const at::Tensor pooled = model.pool(formulaImage(c.height, c.width), {});
    const bool good = compare("pooled", pooled.view({-1, 1, 1}), stored(file, "memory"), valueTolerance);
    return compare("logits", model.logits(pooled), stored(file, "logits"), valueTolerance) && good;
}

bool run(const std::filesystem::path& path, const Compute& compute, int& cases)
{
    const SafetensorsReader file(path);
    if (file.find("logits") == nullptr)
        return true;
    ++cases;
    const Case c = readCase(file.args());
    std::printf("%s\n", path.stem().c_str());
    const c10::InferenceMode inference;
    return c.config.head == HeadKind::Linear ? runClassifier(c, file, compute) : runIntr(c, file, compute);
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    return ocellus::runParity(argc, argv, ocellus::run);
}
