// SPDX-License-Identifier: GPL-3.0-or-later
// Times unfrozen ResNet-50 steps for tests/scripts/bench_training_step.py: training_step HEIGHT WIDTH BATCH THREADS
// [DEVICE].
// After a warm-up every line on the standard input asks for one step; the answer is its seconds, those of the
// processors, and the peak of memory.
#include <chrono>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "core/train/network/initial_weights.h"
#include "core/train/network/torch_training_headers.h"
#include "core/train/network/trainable_network.h"

#include <ATen/Parallel.h>
#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adamw.h>

namespace ocellus {
namespace {

class Step {
public:
    Step(int height, int width, int batch, const at::Device& device)
        : m_network(ModelConfig{}, 0.1, BatchNormMode::Frozen),
          m_optimizer({torch::optim::OptimizerParamGroup(tensorsOf(m_network.headParameters())),
                       torch::optim::OptimizerParamGroup(tensorsOf(m_network.backboneParameters()))},
                      torch::optim::AdamWOptions(5e-5).weight_decay(1e-6)),
          m_pixels(at::randn({batch, 3, height, width}).to(device)),
          m_labels(at::arange(batch, at::kLong).to(device)),
          m_sizes(static_cast<std::size_t>(batch), Size{width, height})
    {
        m_sizes.front().width -= width / 4; // so that padding takes part
        initialise(m_network, 1);
        m_network.to(device);
    }

    double seconds()
    {
        const auto start = std::chrono::steady_clock::now();
        const at::Tensor loss = at::cross_entropy_loss(m_network.forward(m_pixels, m_sizes), m_labels);
        m_optimizer.zero_grad();
        loss.backward();
        torch::nn::utils::clip_grad_norm_(m_network.parameters(), 0.1);
        m_optimizer.step();
        m_network.parameters().back().sum().item<float>(); // waits for a GPU
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }

private:
    static std::vector<at::Tensor> tensorsOf(const TrainableNetwork::NamedTensors& named)
    {
        std::vector<at::Tensor> tensors;
        for (const auto& entry : named)
            tensors.push_back(entry.second);
        return tensors;
    }

    TrainableNetwork m_network;
    torch::optim::AdamW m_optimizer;
    at::Tensor m_pixels;
    at::Tensor m_labels;
    std::vector<Size> m_sizes;
};

double peakMebibytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    if (argc != 5 && argc != 6) {
        std::fprintf(stderr, "training_step HEIGHT WIDTH BATCH THREADS [DEVICE]\n");
        return 1;
    }
    at::set_num_threads(std::stoi(argv[4]));
    // As in the program: full float32 on a GPU too.
    at::globalContext().setAllowTF32CuBLAS(false);
    at::globalContext().setAllowTF32CuDNN(false);
    ocellus::Step step(std::stoi(argv[1]), std::stoi(argv[2]), std::stoi(argv[3]),
                       at::Device(argc == 6 ? argv[5] : "cpu"));
    step.seconds();
    std::puts("ready");
    std::fflush(stdout);
    for (std::string line; std::getline(std::cin, line);) {
        const std::clock_t busy = std::clock();
        const double seconds = step.seconds();
        const double busySeconds = static_cast<double>(std::clock() - busy) / CLOCKS_PER_SEC;
        std::printf("%.4f %.4f %.0f\n", seconds, busySeconds, ocellus::peakMebibytes());
        std::fflush(stdout);
    }
    return 0;
}
