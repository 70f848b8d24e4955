// SPDX-License-Identifier: GPL-3.0-or-later
// Compares the trainable network's loss and gradients with PyTorch's: gradients FOLDER... (.safetensors files of
// tests/scripts/make_gradient_numbers.py). A plain program: it also runs where only LibTorch is at hand.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/safetensors_reader.h"
#include "core/model/formula_source.h"
#include "core/train/network/pretrained_weights.h"
#include "core/train/network/torch_training_headers.h"
#include "core/train/network/trainable_network.h"
#include "tests/support/oracle_config.h"

namespace ocellus {
namespace {

using Json = nlohmann::json;

/// Relative to a tensor's largest element.
constexpr double tolerance = 1e-4;
/// Gradients that are zero but for rounding (a shared bias under softmax, biases of keys) have nothing to be relative
/// to; they may differ by this share of the largest gradient of all.
constexpr double zeroShare = 1e-6;

/// One file: what to compute, and what PyTorch found.
class Case {
public:
    explicit Case(const std::filesystem::path& path) : m_file(path)
    {
        m_config = oracleConfig(parsed("config"));
        for (const Json& size : parsed("sizes"))
            m_sizes.push_back({size.at(1), size.at(0)});
    }

    Json parsed(const char* key) const { return Json::parse(m_file.args().at(key).get<std::string>()); }
    const ModelConfig& config() const { return m_config; }
    const std::vector<Size>& sizes() const { return m_sizes; }
    at::ScalarType type() const { return m_file.args().at("type") == "float64" ? at::kDouble : at::kFloat; }
    bool whole() const { return m_file.args().at("form") == "whole"; }
    BatchNormMode batchNorm() const
    {
        return m_file.args().at("batch_norm") == "train" ? BatchNormMode::Train : BatchNormMode::Frozen;
    }

    at::Tensor stored(const std::string& name) const
    {
        const TensorInfo* info = m_file.find(name);
        if (!info)
            throw Error(ErrorCode::NotFound, name, "expected this tensor among PyTorch's numbers");
        at::Tensor tensor = at::empty(info->shape, at::kFloat);
        m_file.read(*info, {tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())});
        return tensor;
    }

    at::Tensor pixels() const
    {
        int height = 0;
        int width = 0;
        for (const Size& size : m_sizes) {
            height = std::max(height, size.height);
            width = std::max(width, size.width);
        }
        at::Tensor all = at::empty({static_cast<std::int64_t>(m_sizes.size()), 3, height, width}, at::kFloat);
        fillByFormula("image", -2, 2, {all.data_ptr<float>(), static_cast<std::size_t>(all.numel())});
        for (std::size_t i = 0; i < m_sizes.size(); ++i) {
            const at::Tensor picture = all[static_cast<std::int64_t>(i)];
            picture.slice(1, m_sizes[i].height).zero_();
            picture.slice(2, m_sizes[i].width).zero_();
        }
        return all;
    }

private:
    SafetensorsReader m_file;
    ModelConfig m_config;
    std::vector<Size> m_sizes;
};

/// Largest magnitude, norm, product with the formula's values and eight elements, as the script writes them.
at::Tensor digest(const std::string& name, const at::Tensor& values)
{
    const at::Tensor flat = values.contiguous().flatten().to(at::kDouble);
    const std::int64_t count = flat.numel();
    std::vector<float> formula(static_cast<std::size_t>(count));
    fillByFormula(name, -1, 1, formula);
    const at::Tensor factors = at::tensor(formula, at::kFloat).to(at::kDouble);
    std::vector<at::Tensor> numbers{flat.abs().max(), flat.norm(), flat.dot(factors)};
    for (std::int64_t i = 0; i < 8; ++i)
        numbers.push_back(flat[i * count / 8]);
    return at::stack(numbers);
}

/// Differences to a stored tensor, in units of its largest magnitude.
struct Difference {
    double value = 0;
    double magnitude = 0;
    double norm = 0; // of the differences, Euclidean, of whole tensors only
};

Difference compare(const Case& c, const std::string& kind, const std::string& name, const at::Tensor& values)
{
    const at::Tensor expected = c.stored(kind + " of " + name).to(at::kDouble);
    if (c.whole()) {
        const double magnitude = expected.abs().max().item<double>();
        const at::Tensor difference = values.to(at::kDouble) - expected;
        return {difference.abs().max().item<double>(), magnitude, difference.norm().item<double>()};
    }
    at::Tensor difference = (digest(name, values) - expected).abs();
    // Norm and product run over all elements: differences of single ones add up like a root at most.
    difference.slice(0, 1, 3).div_(std::sqrt(static_cast<double>(values.numel())));
    return {difference.max().item<double>(), expected[0].item<double>(), 0};
}

/// Whole gradients as one vector, and how many tensors hold an element beyond the tolerance.
void printTogether(const Case& c, const std::string& kind, const TrainableNetwork::NamedTensors& tensors,
                   const std::vector<Difference>& differences, double largest)
{
    double difference = 0;
    double expected = 0;
    std::size_t beyond = 0;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        difference = std::hypot(difference, differences[i].norm);
        expected = std::hypot(expected, c.stored(kind + " of " + tensors[i].first).norm().item<double>());
        beyond += differences[i].value > tolerance * differences[i].magnitude + zeroShare * largest;
    }
    std::printf("  as one vector %.2e of its length; %zu tensors beyond %.0e\n", difference / expected, beyond,
                tolerance);
}

/// Compares all of them, prints the worst and says whether all are near enough.
bool compareAll(const Case& c, const std::string& kind, const TrainableNetwork::NamedTensors& tensors)
{
    std::vector<Difference> differences;
    double largest = 0;
    for (const auto& [name, tensor] : tensors) {
        differences.push_back(compare(c, kind, name, tensor));
        largest = std::max(largest, differences.back().magnitude);
    }
    double worst = 0;
    std::string worstName;
    bool good = !tensors.empty();
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const double value = differences[i].value;
        const double magnitude = differences[i].magnitude;
        good = good && value <= tolerance * magnitude + zeroShare * largest; // false for NaN
        const bool isZero = magnitude <= zeroShare * largest;
        if (!isZero && !(value / magnitude <= worst)) {
            worst = value / magnitude;
            worstName = tensors[i].first;
        }
    }
    std::printf("  %zu x %-8s %.2e (at most %.0e) at %s %s\n", tensors.size(), kind.c_str(), worst, tolerance,
                worstName.c_str(), good ? "ok" : "FAILED");
    if (c.whole())
        printTogether(c, kind, tensors, differences, largest);
    return good;
}

/// A single tensor, relative to its largest element.
bool compareValue(const Case& c, const char* what, const at::Tensor& values)
{
    const at::Tensor expected = c.stored(what);
    const double difference = ((values.detach() - expected).abs().max() / expected.abs().max()).item<double>();
    const bool good = values.sizes() == expected.sizes() && difference <= tolerance;
    std::printf("  %-12s %.2e (at most %.0e) %s\n", what, difference, tolerance, good ? "ok" : "FAILED");
    return good;
}

bool sameOrder(const Case& c, const TrainableNetwork& network)
{
    std::vector<std::string> names;
    for (const auto& parameter : network.named_parameters())
        if (parameter.value().requires_grad())
            names.push_back(parameter.key());
    const bool good = c.config().head == HeadKind::Linear // which is nowhere released
                      || names == c.parsed("order").get<std::vector<std::string>>();
    std::printf("  parameters   in PyTorch's order %s\n", good ? "ok" : "FAILED");
    return good;
}

bool run(const std::filesystem::path& path)
{
    std::printf("%s\n", path.stem().c_str());
    const Case c(path);
    TrainableNetwork network(c.config(), 0.0, c.batchNorm());
    loadState(network, FormulaSource(c.config()));
    network.to(c.type());
    const at::Tensor logits = network.forward(c.pixels().to(c.type()), c.sizes());
    const std::vector<std::int64_t> labels = c.parsed("labels");
    const at::Tensor loss = at::cross_entropy_loss(logits, at::tensor(labels, at::kLong));
    loss.backward();

    TrainableNetwork::NamedTensors gradients;
    TrainableNetwork::NamedTensors statistics;
    for (const auto& [name, tensor] : network.state())
        if (tensor.requires_grad())
            gradients.emplace_back(name, tensor.grad());
        else if (c.batchNorm() == BatchNormMode::Train)
            statistics.emplace_back(name, tensor);
    bool good = compareValue(c, "logits", logits);
    good = compareValue(c, "loss", loss.view({1})) && good;
    good = sameOrder(c, network) && good;
    good = compareAll(c, "gradient", gradients) && good;
    return (statistics.empty() || compareAll(c, "after", statistics)) && good;
}

int runFolders(const std::vector<std::string>& folders)
{
    std::vector<std::filesystem::path> cases;
    for (const std::string& folder : folders)
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == ".safetensors")
                cases.push_back(entry.path());
    std::ranges::sort(cases);
    bool good = !cases.empty();
    for (const std::filesystem::path& path : cases)
        good = run(path) && good;
    std::printf("%zu cases %s\n", cases.size(), good ? "ok" : "FAILED");
    return good ? 0 : 1;
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    try {
        return ocellus::runFolders({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "gradients: %s\n", error.what());
        return 1;
    }
}
