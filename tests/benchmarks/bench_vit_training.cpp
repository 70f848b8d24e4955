// SPDX-License-Identifier: GPL-3.0-or-later
// What training on a frozen DINOv2 ViT-S/14 at 224 costs with each head: bench_vit_training [THREADS], 2 where it is
// left out; weights are random, 40 classes, 16 pictures a step. Pictures per second of wall time and of processor time
// of all threads: the second holds on a busy machine. "features" is what is computed once a picture (and mirror image).
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "core/model/vit/named_vits.h"
#include "core/train/feature_extractor.h"
#include "core/train/network/initial_weights.h"
#include "core/train/network/named_tensor_source.h"
#include "core/train/network/trainable_network.h"
#include "core/train/optimizer.h"
#include "core/train/torch_optimizer_headers.h"
#include "tests/benchmarks/process_cost.h"

namespace ocellus {
namespace {

constexpr int side = 224;
constexpr int classes = 40;
constexpr int batch = 16;
constexpr int repetitions = 4; ///< after one that is not counted

struct Seconds {
    double wall = 0;
    double processor = 0;
};

template <typename Work>
Seconds meanOf(const Work& work)
{
    work();
    const auto begin = std::chrono::steady_clock::now();
    const double used = processorSeconds();
    for (int i = 0; i < repetitions; ++i)
        work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() / repetitions,
            (processorSeconds() - used) / repetitions};
}

void measure(const char* name, HeadKind head, int trainedPrompts, int threads)
{
    TrainOptions options;
    options.threads = threads;
    options.device = "cpu";
    ModelConfig& model = options.model;
    model.vit = namedVit("vit_small_patch14_dinov2")->config;
    model.vit->grid = side / model.vit->patchSize;
    model.head = head;
    model.queries = classes;
    model.encoderLayers = 0;
    if (head == HeadKind::None)
        model.vit->classes = classes;
    if (head == HeadKind::Prompts) {
        model.promptLayers = model.vit->depth;
        options.fixedPrompts = model.vit->depth - trainedPrompts;
    }
    TrainableNetwork network(model, 0.1, BatchNormMode::Frozen, options.fixedPrompts);
    initialise(network, 1);
    network.freezeBackbone();
    network.train();
    const auto extractor = FeatureExtractor::make(options, NamedTensorSource(network.state()));
    ModelInput input{{side, side}, {side, side}, std::vector<float>(std::size_t{3} * side * side, 0.5F), {}};
    Features one;
    const Seconds extracting = meanOf([&] { one = extractor->run(input, {}); });
    const at::Tensor features =
        at::from_blob(one.values.data(), {1, one.channels, one.rows, one.columns}, at::kFloat).repeat({batch, 1, 1, 1});
    const at::Tensor labels = at::arange(batch, at::kLong);
    Optimizer optimizer(network, options);
    const Seconds step = meanOf([&] {
        optimizer.zeroGradients();
        torch::nn::functional::cross_entropy(network.classify(features, {}), labels).backward();
        optimizer.clip(0.1);
        optimizer.step(1e-3, 1e-3);
    });
    std::printf("%-28s %8.1f /s (%5.1f a processor second)  training %8.1f /s (%6.1f)  %7.1f kB a picture\n", name,
                1 / extracting.wall, 1 / extracting.processor, batch / step.wall, batch / step.processor,
                2e-3 * static_cast<double>(one.values.size()));
    std::fflush(stdout);
}

} // namespace
} // namespace ocellus

int main(int count, char** arguments)
{
    using namespace ocellus;
    try {
        const int threads = count > 1 ? std::atoi(arguments[1]) : 2;
        std::printf("%-28s features\n", "head");
        measure("linear", HeadKind::None, 0, threads);
        measure("intr", HeadKind::Shared, 0, threads);
        measure("prompt-cam, last block", HeadKind::Prompts, 1, threads);
        measure("prompt-cam, last 3 blocks", HeadKind::Prompts, 3, threads);
        measure("prompt-cam, all blocks", HeadKind::Prompts, 12, threads);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
