// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/training_contents.h"

#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <string>

#include "core/base/error.h"
#include "core/io/float_conversion.h"
#include "core/io/limits.h"
#include "core/io/settings_json.h"
#include "core/io/state_dict_search.h"

namespace ocellus {

namespace {

constexpr const char* startAnew = "Start a new run from its weights instead (--finetune)";

/// Reads torch.optim.AdamW's state dict; its tensors go to the builder, everything else to the state.
class OptimizerReader {
public:
    OptimizerReader(const PickleHeap& heap, TorchContentsBuilder& tensors, TrainingState& state)
        : m_heap(heap),
          m_tensors(tensors),
          m_state(state)
    {
    }

    void read(const PickleDict& optimizer)
    {
        const auto* groups = get<PickleList>(optimizer, "param_groups");
        const auto* moments = get<PickleDict>(optimizer, "state");
        if (!groups || !moments)
            damaged("its optimizer has no parameter groups or no state");
        if (groups->items.size() > limits::parameterGroups)
            throw Error(ErrorCode::TooLarge, m_heap.subject(),
                        "its optimizer has " + std::to_string(groups->items.size()) + " parameter groups, at most " +
                            std::to_string(limits::parameterGroups) + " are read");
        for (const PickleRef group : groups->items)
            readGroup(smallDict(group, "a parameter group"));
        m_state.steps.assign(m_order.size(), 0);
        for (const auto& [key, value] : moments->items)
            readMoments(key, value);
    }

private:
    void readGroup(const PickleDict& dict)
    {
        ParameterGroup group;
        group.learningRate = number(dict, "lr");
        group.initialLearningRate = m_heap.find(dict, "initial_lr") ? number(dict, "initial_lr") : group.learningRate;
        group.weightDecay = number(dict, "weight_decay");
        group.epsilon = number(dict, "eps");
        readBetas(dict, group);
        for (const char* variant : {"amsgrad", "maximize"})
            if (const bool* value = get<bool>(dict, variant); value && *value)
                unsupported(std::string("its optimizer ran with ") + variant);
        const auto* parameters = get<PickleList>(dict, "params");
        if (!parameters)
            damaged("a parameter group of its optimizer has no list of parameters");
        for (const PickleRef parameter : parameters->items)
            group.parameters.push_back(orderOf(parameter));
        m_state.groups.push_back(std::move(group));
    }

    void readBetas(const PickleDict& dict, ParameterGroup& group) const
    {
        const PickleRef* betas = m_heap.find(dict, "betas");
        const auto* tuple = betas ? m_heap.get<PickleTuple>(*betas) : nullptr;
        const auto* list = betas ? m_heap.get<PickleList>(*betas) : nullptr;
        if (!tuple && !list)
            unsupported("its optimizer is not AdamW: it has no betas");
        const std::vector<PickleRef>& items = tuple ? tuple->items : list->items;
        if (items.size() != 2)
            damaged("its optimizer has " + std::to_string(items.size()) + " betas, expected 2");
        group.beta1 = number(items[0], "betas");
        group.beta2 = number(items[1], "betas");
        if (group.beta1 >= 1 || group.beta2 >= 1)
            damaged("its optimizer has betas of 1 or more");
    }

    /// Any whole number may name a parameter in the file: before PyTorch 1.5 it was an address.
    int orderOf(PickleRef parameter)
    {
        const auto* id = m_heap.get<std::int64_t>(parameter);
        if (!id)
            damaged("its optimizer names a parameter by something that is no whole number");
        if (m_order.size() >= limits::tensors)
            throw Error(ErrorCode::TooLarge, m_heap.subject(),
                        "its optimizer has more than " + std::to_string(limits::tensors) + " parameters");
        const int order = static_cast<int>(m_order.size());
        if (!m_order.emplace(*id, order).second)
            damaged("the parameter " + std::to_string(*id) + " is in its optimizer's groups twice");
        return order;
    }

    void readMoments(PickleRef key, PickleRef value)
    {
        const auto* id = m_heap.get<std::int64_t>(key);
        const auto known = id ? m_order.find(*id) : m_order.end();
        if (known == m_order.end())
            damaged("its optimizer has a state for " +
                    (id ? "the parameter " + std::to_string(*id) : std::string("something")) +
                    ", which is in none of its groups");
        const PickleDict& dict = smallDict(value, "the state of a parameter");
        const std::string order = std::to_string(known->second);
        if (const auto* whole = get<std::int64_t>(dict, "step"); whole && *whole >= 0)
            m_state.steps[static_cast<std::size_t>(known->second)] = *whole;
        else
            addTensor(dict, "step", std::string(training_names::steps) + order);
        const PickleTensor& first =
            addTensor(dict, "exp_avg", std::string(training_names::moments) + order + ".exp_avg");
        const PickleTensor& second =
            addTensor(dict, "exp_avg_sq", std::string(training_names::moments) + order + ".exp_avg_sq");
        if (first.shape != second.shape)
            damaged("the moments of its optimizer's parameter " + order + " have the shapes " + shapeText(first.shape) +
                    " and " + shapeText(second.shape) + ", expected one shape");
    }

    const PickleTensor& addTensor(const PickleDict& dict, const char* key, std::string name)
    {
        const auto* tensor = get<std::shared_ptr<const PickleTensor>>(dict, key);
        if (!tensor)
            unsupported(std::string("its optimizer is not AdamW: a parameter's state has no ") + key);
        if (const auto& dtype = (*tensor)->storage->dtype; dtype && !isFloatingPoint(*dtype))
            damaged(std::string("its optimizer's ") + key + " is " + std::string(toString(*dtype)) +
                    ", expected floating-point numbers");
        m_tensors.add(std::move(name), **tensor);
        return **tensor;
    }

    /// Every honest one has a few entries; large ones that many places share would take for ever to search.
    const PickleDict& smallDict(PickleRef ref, const char* what) const
    {
        const auto* dict = m_heap.get<PickleDict>(ref);
        if (!dict)
            damaged(std::string(what) + " of its optimizer is no dictionary");
        if (dict->items.size() > limits::optimizerEntries)
            throw Error(ErrorCode::TooLarge, m_heap.subject(),
                        std::string(what) + " of its optimizer has " + std::to_string(dict->items.size()) +
                            " entries, at most " + std::to_string(limits::optimizerEntries) + " are read");
        return *dict;
    }

    template <typename Type>
    const Type* get(const PickleDict& dict, std::string_view key) const
    {
        const PickleRef* value = m_heap.find(dict, key);
        return value ? m_heap.get<Type>(*value) : nullptr;
    }

    double number(const PickleDict& dict, const char* key) const
    {
        const PickleRef* value = m_heap.find(dict, key);
        if (!value)
            unsupported(std::string("its optimizer is not AdamW: a parameter group has no ") + key);
        return number(*value, key);
    }

    double number(PickleRef ref, const char* key) const
    {
        const auto* real = m_heap.get<double>(ref);
        const auto* whole = m_heap.get<std::int64_t>(ref);
        const double value = real ? *real : whole ? static_cast<double>(*whole) : -1.0;
        if (!std::isfinite(value) || value < 0)
            damaged(std::string("its optimizer's ") + key + " is no number from 0 on");
        return value;
    }

    [[noreturn]] void damaged(const std::string& detail) const
    {
        throw Error(ErrorCode::Damaged, m_heap.subject(), "it cannot be resumed: " + detail, startAnew);
    }

    [[noreturn]] void unsupported(const std::string& detail) const
    {
        throw Error(ErrorCode::Unsupported, m_heap.subject(), "it cannot be resumed: " + detail, startAnew);
    }

    const PickleHeap& m_heap;
    TorchContentsBuilder& m_tensors;
    TrainingState& m_state;
    std::map<std::int64_t, int> m_order; // of the parameters, by what the file calls them
};

int epochOf(const PickleHeap& heap, const PickleDict& top)
{
    const PickleRef* value = heap.find(top, "epoch");
    const auto* epoch = value ? heap.get<std::int64_t>(*value) : nullptr;
    constexpr std::int64_t most = 1'000'000'000;
    if (!epoch || *epoch < -1 || *epoch > most)
        throw Error(ErrorCode::Damaged, heap.subject(),
                    "it cannot be resumed: it does not say after which epoch it was "
                    "written",
                    startAnew);
    return static_cast<int>(*epoch);
}

void addModel(const PickleHeap& heap, const PickleDict& model, TorchContentsBuilder& builder)
{
    const std::vector<StateDictOption> options =
        stateDictOptions({candidateOf(heap, {.path = "model", .items = &model.items})});
    if (options.front().tensors == 0)
        throw Error(ErrorCode::Unsupported, heap.subject(), "it cannot be resumed: its model has no tensor", startAnew);
    builder.addStateDict(model.items, options.front(), std::string(training_names::model));
}

} // namespace

TorchContents findTrainingContents(const PickleHeap& heap, PickleRef root, std::uint64_t fileBytes,
                                   TrainingState& state)
{
    const auto* top = heap.get<PickleDict>(root);
    const auto dictAt = [&](std::string_view key) {
        const PickleRef* value = top ? heap.find(*top, key) : nullptr;
        return value ? heap.get<PickleDict>(*value) : nullptr;
    };
    const PickleDict* optimizer = dictAt("optimizer");
    const PickleDict* model = dictAt("model");
    if (!optimizer || !model)
        throw Error(ErrorCode::Unsupported, heap.subject(), "it cannot be resumed: it holds weights only, no optimizer",
                    startAnew);
    if (!dictAt("lr_scheduler"))
        throw Error(ErrorCode::Unsupported, heap.subject(), "it cannot be resumed: it holds no lr_scheduler",
                    startAnew);
    TorchContentsBuilder builder(heap, fileBytes);
    addModel(heap, *model, builder);
    OptimizerReader(heap, builder, state).read(*optimizer);
    state.scheduler = settingsAsJson(heap, *heap.find(*top, "lr_scheduler"));
    state.epoch = epochOf(heap, *top);
    const PickleRef* args = heap.find(*top, "args");
    state.args = args ? settingsAsJson(heap, *args) : nlohmann::json();
    constexpr std::array<std::string_view, 5> known{"model", "optimizer", "lr_scheduler", "epoch", "args"};
    state.extra = settingsAsJson(heap, root, known);
    return builder.finish();
}

} // namespace ocellus
