// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/io/pickle_writer.h"
#include "core/io/torch_archive_writer.h"
#include "core/io/training_checkpoint.h"

namespace ocellus::test {

/// Tensors in memory.
class ValueSource : public TensorSource {
public:
    void add(const std::string& name, std::vector<std::int64_t> shape, std::vector<float> values)
    {
        m_values[name] = std::move(values);
        m_shapes[name] = std::move(shape);
        m_tensors.clear();
        for (const auto& [key, extents] : m_shapes)
            m_tensors.push_back({key, DType::Float32, extents});
    }
    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        const std::vector<float>& values = m_values.at(tensor.name);
        if (values.empty() && !out.empty())
            throw Error(ErrorCode::Device, tensor.name, "the device is gone");
        std::copy(values.begin(), values.end(), out.begin());
    }

private:
    std::map<std::string, std::vector<float>> m_values;
    std::map<std::string, std::vector<std::int64_t>> m_shapes;
    std::vector<TensorInfo> m_tensors;
};

/// A run of three parameters in two groups, the second of them never stepped.
struct Run {
    ValueSource model;
    ValueSource moments;
    TrainingState state;

    Run()
    {
        model.add("backbone.0.weight", {2, 3},
                  {1, -0.0F, 1e-42F, 4, std::numeric_limits<float>::infinity(), std::bit_cast<float>(0x7FC12345)});
        model.add("presence_vector.bias", {}, {0.1F});
        model.add("query_embed.weight", {0, 4}, {});
        moments.add("0.exp_avg", {2, 3}, {0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F});
        moments.add("0.exp_avg_sq", {2, 3}, {1e-9F, 2e-9F, 3e-9F, 4e-9F, 5e-9F, 6e-9F});
        moments.add("2.exp_avg", {}, {-7});
        moments.add("2.exp_avg_sq", {}, {8});
        state.groups = {{5e-5, 1e-4, 1e-6, 0.9, 0.999, 1e-8, {0, 1}}, {1e-5 / 3, 1e-5, 0, 0.8, 0.99, 1e-7, {2}}};
        state.steps = {70'000, 0, 1};
        state.scheduler = {{"step_size", 80},  {"gamma", 0.1},     {"base_lrs", {1e-4, 1e-5}},    {"last_epoch", 4},
                           {"verbose", false}, {"_step_count", 5}, {"_last_lr", {5e-5, 1e-5 / 3}}};
        state.epoch = 3;
        state.args = {{"nheads", 8}, {"lr", 1e-4}, {"class_names", {"Bl\xc3\xa4uling", "b"}}, {"masks", nullptr}};
        state.extra = {{"best", 0.5}, {"seed", std::int64_t{1} << 40}, {"history", nlohmann::json::array()}};
    }

    void write(const std::filesystem::path& path) const { writeTrainingCheckpoint(path, model, moments, state); }
};

/// What a file for resuming holds; a row spoils one part of it.
struct Parts {
    nlohmann::json top = {{"lr_scheduler", nlohmann::json::object()}, {"epoch", 3}};
    nlohmann::json group = {
        {"lr", 1}, {"betas", {0.9, 0.999}}, {"eps", 1e-8}, {"weight_decay", 0}, {"params", {140'000'000'000'000}}};
    nlohmann::json key = 140'000'000'000'000; // of the only parameter, an address as before PyTorch 1.5
    std::function<void(ocellus::PickleWriter&)> step = [](ocellus::PickleWriter& pickle) { pickle.integer(4); };
    std::vector<std::int64_t> first{4};
    std::vector<std::int64_t> second{4};
    const char* secondName = "exp_avg_sq";
    const char* groups = "param_groups";
    const char* firstKey = "0";
    std::vector<float> storage{1, 2, 3, 4};
    std::vector<float> stepStorage{0};

    void write(const std::filesystem::path& path) const
    {
        TorchArchiveWriter archive;
        for (const auto* values : {&storage, &stepStorage})
            archive.addStorage(static_cast<std::int64_t>(values->size()), [values] { return *values; });
        ocellus::PickleWriter pickle;
        pickle.dict([&] {
            pickle.text("model");
            pickle.dict([&] {
                pickle.text("w");
                pickle.tensor("0", std::array<std::int64_t, 1>{4});
            });
            pickle.text("optimizer");
            pickle.dict([&] { writeOptimizer(pickle); });
            pickle.members(top);
        });
        archive.write(path, pickle.finish());
    }

private:
    void writeOptimizer(ocellus::PickleWriter& pickle) const
    {
        pickle.text("state");
        pickle.dict([&] {
            pickle.json(key);
            pickle.dict([&] {
                pickle.text("step");
                step(pickle);
                pickle.text("exp_avg");
                pickle.tensor(firstKey, first);
                pickle.text(secondName);
                pickle.tensor("0", second);
            });
        });
        pickle.text(groups);
        pickle.json(nlohmann::json::array({group}));
    }
};

} // namespace ocellus::test
