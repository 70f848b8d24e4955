// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/training_checkpoint.h"

#include <cmath>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/io/checkpoint.h"
#include "core/io/pickle_writer.h"
#include "core/io/tensor_subset.h"
#include "core/io/text.h"
#include "core/io/torch_archive_writer.h"
#include "core/io/torch_file.h"
#include "core/io/torch_state_dict.h"
#include "core/io/training_contents.h"

namespace ocellus {

namespace {

[[noreturn]] void refuse(const std::string& subject, const std::string& detail)
{
    throw Error(ErrorCode::BadArgument, subject, detail);
}

void checkNumbering(const TrainingState& state)
{
    std::size_t next = 0;
    for (const ParameterGroup& group : state.groups)
        for (const int parameter : group.parameters)
            if (!std::cmp_equal(parameter, next++))
                refuse("optimizer", "expected parameter " + std::to_string(next - 1) + " next in its groups, got " +
                                        std::to_string(parameter));
    if (state.steps.size() != next)
        refuse("optimizer", "its groups have " + std::to_string(next) + " parameters, steps are given for " +
                                std::to_string(state.steps.size()));
}

void checkMoments(const TrainingState& state, const TensorSource& moments)
{
    std::size_t expected = 0;
    for (std::size_t i = 0; i < state.steps.size(); ++i) {
        if (state.steps[i] < 0)
            refuse("optimizer", "parameter " + std::to_string(i) + " has " + std::to_string(state.steps[i]) + " steps");
        if (state.steps[i] == 0)
            continue;
        const TensorInfo* first = moments.find(std::to_string(i) + ".exp_avg");
        const TensorInfo* second = moments.find(std::to_string(i) + ".exp_avg_sq");
        if (!first || !second)
            refuse("optimizer", "parameter " + std::to_string(i) + " has steps, but not both moments");
        if (first->shape != second->shape)
            refuse("optimizer", "the moments of parameter " + std::to_string(i) + " have the shapes " +
                                    shapeText(first->shape) + " and " + shapeText(second->shape));
        expected += 2;
    }
    if (moments.tensors().size() != expected)
        refuse("optimizer", "expected " + std::to_string(expected) + " moments for the parameters with steps, got " +
                                std::to_string(moments.tensors().size()));
}

/// Puts the pieces of a checkpoint into a pickle and the archive that it refers to.
class CheckpointLayout {
public:
    CheckpointLayout(const TensorSource& model, const TensorSource& moments, const TrainingState& state)
    {
        m_pickle.dict([&] {
            m_pickle.text("model");
            addStateDict(m_pickle, m_archive, model);
            m_pickle.text("optimizer");
            m_pickle.dict([&] { addOptimizer(moments, state); });
            m_pickle.text("lr_scheduler");
            m_pickle.dict([&] { m_pickle.members(state.scheduler); });
            m_pickle.text("epoch");
            m_pickle.integer(state.epoch);
            m_pickle.text("args");
            m_pickle.argparseNamespace([&] { m_pickle.members(state.args); });
            addExtra(state.extra);
        });
    }

    void write(const std::filesystem::path& path) { m_archive.write(path, m_pickle.finish()); }

private:
    void addOptimizer(const TensorSource& moments, const TrainingState& state)
    {
        m_pickle.text("state");
        m_pickle.dict([&] {
            for (std::size_t i = 0; i < state.steps.size(); ++i)
                if (state.steps[i] > 0)
                    addParameter(i, static_cast<float>(state.steps[i]), moments);
        });
        m_pickle.text("param_groups");
        m_pickle.list([&] {
            for (const ParameterGroup& group : state.groups)
                m_pickle.dict([&] { addGroup(group); });
        });
    }

    void addParameter(std::size_t index, float steps, const TensorSource& moments)
    {
        m_pickle.integer(static_cast<std::int64_t>(index));
        m_pickle.dict([&] {
            m_pickle.text("step");
            m_pickle.tensor(m_archive.addStorage(1, [steps] { return std::vector<float>{steps}; }), {});
            for (const char* moment : {"exp_avg", "exp_avg_sq"}) {
                m_pickle.text(moment);
                addTensor(m_pickle, m_archive, moments, *moments.find(std::to_string(index) + "." + moment));
            }
        });
    }

    /// With every key that AdamW has in some version of PyTorch from 1.12 on: not all of them add what is missing.
    void addGroup(const ParameterGroup& group)
    {
        const auto number = [&](const char* key, double value) {
            m_pickle.text(key);
            m_pickle.number(value);
        };
        number("lr", group.learningRate);
        m_pickle.text("betas");
        m_pickle.tuple([&] {
            m_pickle.number(group.beta1);
            m_pickle.number(group.beta2);
        });
        number("eps", group.epsilon);
        number("weight_decay", group.weightDecay);
        for (const char* variant : {"amsgrad", "maximize", "capturable", "differentiable"}) {
            m_pickle.text(variant);
            m_pickle.boolean(false);
        }
        for (const char* implementation : {"foreach", "fused"}) {
            m_pickle.text(implementation);
            m_pickle.none();
        }
        number("initial_lr", group.initialLearningRate);
        m_pickle.text("params");
        m_pickle.list([&] {
            for (const int parameter : group.parameters)
                m_pickle.integer(parameter);
        });
    }

    void addExtra(const nlohmann::json& extra)
    {
        for (const char* own : {"model", "optimizer", "lr_scheduler", "epoch", "args"})
            if (extra.is_object() && extra.contains(own))
                refuse(own, "a further value of a checkpoint may not have this name");
        m_pickle.members(extra);
    }

    PickleWriter m_pickle;
    TorchArchiveWriter m_archive;
};

std::unique_ptr<TorchCheckpoint> openTraining(const std::filesystem::path& path, TrainingState& state,
                                              const Progress& progress)
{
    InputFile file(path);
    const auto find = [&](const PickleHeap& heap, PickleRef root, std::uint64_t fileBytes) {
        return findTrainingContents(heap, root, fileBytes, state);
    };
    if (std::unique_ptr<TorchCheckpoint> checkpoint = openTorchFile(file, find, progress))
        return checkpoint;
    const std::string format = Checkpoint::open(path, progress)->format();
    throw Error(ErrorCode::Unsupported, path.string(), "it cannot be resumed: " + format + " holds weights only",
                "Resume from the checkpoint.pth beside it, or start a new run from its weights (--finetune)");
}

std::int64_t readSteps(const TensorSource& source, const TensorInfo& tensor, const std::string& subject)
{
    float steps = -1;
    if (tensor.count() == 1)
        source.read(tensor, std::span(&steps, 1));
    constexpr float most = 1e15F; // far below what int64 holds and above every training
    if (!(steps >= 0) || steps > most || steps != std::trunc(steps))
        throw Error(ErrorCode::Damaged, subject,
                    "it cannot be resumed: " + excerpt(tensor.name) + " of its optimizer is no number of steps");
    return static_cast<std::int64_t>(steps);
}

} // namespace

void writeTrainingCheckpoint(const std::filesystem::path& path, const TensorSource& model, const TensorSource& moments,
                             const TrainingState& state)
{
    checkNumbering(state);
    checkMoments(state, moments);
    CheckpointLayout(model, moments, state).write(path);
}

TrainingCheckpoint readTrainingCheckpoint(const std::filesystem::path& path, const Progress& progress)
{
    TrainingCheckpoint checkpoint;
    const std::shared_ptr<const TorchCheckpoint> file = openTraining(path, checkpoint.state, progress);
    for (std::size_t i = 0; i < checkpoint.state.steps.size(); ++i)
        if (const TensorInfo* tensor = file->find(std::string(training_names::steps) + std::to_string(i)))
            checkpoint.state.steps[i] = readSteps(*file, *tensor, path.string());
    checkpoint.model = std::make_unique<TensorSubset>(file, std::string(training_names::model));
    checkpoint.moments = std::make_unique<TensorSubset>(file, std::string(training_names::moments));
    return checkpoint;
}

} // namespace ocellus
