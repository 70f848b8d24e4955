// SPDX-License-Identifier: GPL-3.0-or-later
// What Prompt-CAM on a ViT-B/16 at 224 costs with more and more classes: bench_prompt_cam [CLASSES...], 200, 1000,
// 2000, 5000 and 10000 where they are left out; weights are by formula, on two threads.
//
// Time is processor time of all threads, which holds on a busy machine. "once" is what the prompts give one another in
// the last block, which all pictures share; "a class" compares the last block's time by class with that of the fewest.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <vector>

#include "app/start/prepare_to_compute.h"
#include "core/engine/query_set.h"
#include "core/model/formula_source.h"
#include "core/model/prompt_cam/prompt_cam_family.h"
#include "core/model/prompt_cam/prompt_cam_model.h"
#include "core/model/torch_headers.h"
#include "tests/benchmarks/process_cost.h"

namespace ocellus {
namespace {

constexpr int threads = 2;
constexpr int side = 224;
constexpr int repetitions = 3; ///< the fastest counts

ModelConfig promptCam(int classes)
{
    VitConfig vit;
    vit.width = 768;
    vit.heads = 12;
    vit.feedForward = 3072;
    ModelConfig config;
    config.head = HeadKind::Prompts;
    config.queries = classes;
    config.promptLayers = vit.depth;
    config.vit = vit;
    return config;
}

at::Tensor picture(const char* name)
{
    const at::Tensor image = at::empty({1, 3, side, side}, at::kFloat);
    fillByFormula(name, -2, 2, {image.data_ptr<float>(), static_cast<std::size_t>(image.numel())});
    return image;
}

template <typename Work>
double leastSecondsOf(const Work& work)
{
    double least = HUGE_VAL;
    for (int i = 0; i < repetitions; ++i)
        least = std::min(least, secondsOf(work));
    return least;
}

/// Seconds of the last block by class.
double measure(int classes, double fewest)
{
    const ModelConfig config = promptCam(classes);
    const double before = memoryNow();
    const PromptCam model(config, FormulaSource(promptCamTensors(config)), promptCamLayers(config) > 1, {}, {});
    const double loaded = memoryNow();
    const std::vector<int> all = allClasses(classes);
    const PromptCam::Picture first = model.encode(picture("image"), {});
    const double withOnce = secondsOf([&] { model.decode(first, all, {}); });
    std::optional<PromptCam::Picture> other;
    const double encoding = leastSecondsOf([&] { other = model.encode(picture("other"), {}); });
    const double rest = memoryNow();
    const double lastBlock = leastSecondsOf([&] { model.decode(*other, all, {}); });
    const double peak = statusMegabytes("VmHWM:") - rest;
    const double byClass = lastBlock / classes;
    std::printf("%8d %10.3f %12.3f %9.3f %9.2f %12.0f %12.0f\n", classes, encoding, lastBlock, withOnce - lastBlock,
                fewest > 0 ? byClass / fewest : 1.0, loaded - before, peak);
    std::fflush(stdout);
    return byClass;
}

void run(const std::vector<int>& counts)
{
    const c10::InferenceMode inference;
    at::set_num_threads(threads);
    std::printf(" classes  encode, s  last block, s  once, s   a class    model, MB  decoding, MB\n");
    double fewest = 0;
    for (const int classes : counts) {
        const double byClass = measure(classes, fewest);
        fewest = fewest > 0 ? fewest : byClass;
    }
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    ocellus::prepareToCompute(argv);
    try {
        std::vector<int> counts;
        for (int i = 1; i < argc; ++i)
            counts.push_back(std::max(1, std::atoi(argv[i])));
        ocellus::run(counts.empty() ? std::vector{200, 1'000, 2'000, 5'000, 10'000} : counts);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
