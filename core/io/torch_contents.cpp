// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_contents.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/pickle_globals.h"
#include "core/io/settings_json.h"
#include "core/io/state_dict_search.h"
#include "core/io/tensor_extent.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

using TensorPointer = std::shared_ptr<const PickleTensor>;

/// "epoch, optimizer, ...", to say what a file holds instead of a state dict.
std::string keysText(const PickleHeap& heap, const PickleItems& items)
{
    constexpr int most = 8;
    std::string text;
    int count = 0;
    for (const auto& [key, value] : items) {
        const auto* name = heap.get<PickleText>(key);
        if (name && ++count <= most)
            text += (text.empty() ? "" : ", ") + excerpt(name->text);
    }
    return (text.empty() ? "no names" : text) + (count > most ? ", ..." : "");
}

/// What a pickle without any state dict holds instead.
std::string instead(const PickleHeap& heap, PickleRef root, const StateDictsFound& found)
{
    if (!found.modules.empty())
        return "it holds the whole Python object " + excerpt(heap.nameOf(found.modules.front().module)) +
               ", which has no tensor; nothing of it was run";
    if (heap.get<TensorPointer>(root))
        return "it holds a single tensor, expected a state dict";
    if (const std::string_view object = heap.nameOf(root); !object.empty())
        return "it holds the Python object " + excerpt(object) + " and no state dict; nothing of it was run";
    const auto* top = heap.get<PickleDict>(root);
    return top ? "it holds no state dict under any key; found: " + keysText(heap, top->items)
               : "it holds no state dict, which would be a dictionary of tensors";
}

/// What a file's tensors may be taken from, state dicts first, and how each is told from the others.
class Sources {
public:
    Sources(const PickleHeap& heap, const StateDictsFound& found) : m_heap(heap)
    {
        addDicts(found.dicts);
        addModules(found.modules);
    }

    const std::vector<StateDictCandidate>& candidates() const { return m_candidates; }

    /// Those of one candidate that belong to the option.
    void addTensors(const StateDictOption& option, TorchContentsBuilder& builder) const
    {
        if (option.candidate < m_dicts.size())
            return builder.addStateDict(*m_dicts[option.candidate].items, option);
        const Module& module = m_modules[option.candidate - m_dicts.size()];
        builder.addModule(module.tensors, option);
        builder.addModule(attributeTensors(m_heap, moduleAt(m_heap, module.ref, option.shown)), StateDictOption());
    }

    /// The module that an option's tensors are of; none of a state dict.
    std::optional<PickleRef> module(const StateDictOption& option) const
    {
        if (option.candidate < m_dicts.size())
            return std::nullopt;
        return moduleAt(m_heap, m_modules[option.candidate - m_dicts.size()].ref, option.shown);
    }

private:
    struct Module {
        PickleRef ref = 0;
        std::vector<ModuleTensor> tensors;
    };

    void addDicts(const std::vector<FoundStateDict>& dicts)
    {
        constexpr std::size_t mostNames = 5 * limits::tensors;
        std::size_t names = 0;
        for (const FoundStateDict& dict : dicts) {
            names += dict.items->size();
            if (names > mostNames && !m_dicts.empty())
                break;
            m_dicts.push_back(dict);
            m_candidates.push_back(candidateOf(m_heap, dict));
        }
    }

    /// One that cannot be read, beside good weights, harms nobody.
    void addModules(const std::vector<FoundModule>& modules)
    {
        constexpr int mostRefused = 4; // each may have cost as much as all good ones together
        std::size_t entries = 0;
        int refusals = 0;
        std::optional<Error> refused;
        for (const FoundModule& found : modules) {
            const std::size_t before = entries;
            try {
                Module module{found.module, moduleTensors(m_heap, found.module, entries)};
                if (module.tensors.empty())
                    continue;
                m_modules.push_back(std::move(module));
                m_candidates.push_back({found.path, found.depth,
                                        [this, at = m_modules.size() - 1](const StateDictCandidate::Visitor& visit) {
                                            for (const ModuleTensor& tensor : m_modules[at].tensors)
                                                visit(tensor.name);
                                        }});
            } catch (const Error& error) {
                refused = error;
                entries = before; // what it had is none of the good ones'
                if (++refusals == mostRefused)
                    break;
            }
        }
        if (refused && m_candidates.empty())
            throw Error(*refused);
    }

    const PickleHeap& m_heap;
    std::vector<FoundStateDict> m_dicts;
    std::vector<Module> m_modules;
    std::vector<StateDictCandidate> m_candidates;
};

/// What people keep a training program's settings under, the released code's name first.
constexpr std::array<const char*, 6> settingsKeys{"args", "hyper_parameters", "hparams", "config", "cfg", "opt"};

void takeSettings(const PickleHeap& heap, PickleRef root, TorchContents& contents)
{
    const PickleItems* top = heap.table(root);
    if (!top)
        return;
    for (const char* key : settingsKeys) {
        const PickleRef* settings = heap.find(*top, key);
        if (!settings || !heap.table(*settings))
            continue;
        try {
            contents.args = settingsAsJson(heap, *settings);
            contents.origin.settingsKey = key;
        } catch (const Error&) {
            // Under the other names anything may lie, and it is not worth good weights.
            if (key == settingsKeys.front())
                throw;
        }
        break;
    }
    // Beside the weights as often as among the settings.
    const PickleRef* names = heap.find(*top, "class_names");
    if (!names || (contents.args.is_object() && contents.args.contains("class_names")))
        return;
    nlohmann::json found = valueAsJson(heap, *names);
    if (found.is_null())
        return;
    if (!contents.args.is_object())
        contents.args = nlohmann::json::object();
    contents.args["class_names"] = std::move(found);
}

TensorInfo infoOf(const PickleHeap& heap, std::string name, const PickleTensor& tensor)
{
    if (!tensor.storage->dtype)
        throw Error(ErrorCode::Unsupported, heap.subject(),
                    "tensor " + excerpt(name) + " has complex or quantised values, weights must be floating-point");
    return {std::move(name), *tensor.storage->dtype, tensor.shape};
}

/// Elements from the first to the last one that the strides reach; -1 where that does not fit in 63 bits.
std::int64_t spanOf(const PickleTensor& tensor)
{
    std::int64_t last = 0;
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
        std::int64_t reach = 0;
        if (tensor.shape[i] == 0)
            return 0;
        if (__builtin_mul_overflow(tensor.shape[i] - 1, tensor.stride[i], &reach) ||
            __builtin_add_overflow(last, reach, &last))
            return -1;
    }
    return last == INT64_MAX ? -1 : last + 1;
}

TensorPlace placeOf(const PickleHeap& heap, const TensorInfo& info, const PickleTensor& tensor)
{
    const PickleStorage& storage = *tensor.storage;
    const auto where = [&] {
        return "tensor " + excerpt(info.name) + " of shape " + shapeText(info.shape) + ", strides " +
               shapeText(tensor.stride) + " and offset " + std::to_string(tensor.offset);
    };
    const std::uint64_t bytes = tensorBytes(info, heap.subject());
    const std::int64_t span = spanOf(tensor);
    if (span < 0 || tensor.offset > storage.count || span > storage.count - tensor.offset)
        throw Error(ErrorCode::Damaged, heap.subject(),
                    where() + " lies beyond the " + std::to_string(storage.count) + " elements of storage " +
                        excerpt(storage.key));
    if (bytes / sizeOf(info.dtype) > static_cast<std::uint64_t>(storage.count))
        throw Error(ErrorCode::Damaged, heap.subject(),
                    where() + " has more elements than its storage " + excerpt(storage.key) + ", which has " +
                        std::to_string(storage.count));
    return {tensor.storage, storage.first + tensor.offset, tensor.stride, span};
}

} // namespace

TorchContentsBuilder::TorchContentsBuilder(const PickleHeap& heap, std::uint64_t fileBytes)
    : m_heap(heap),
      m_fileBytes(fileBytes)
{
}

void TorchContentsBuilder::add(std::string name, const PickleTensor& tensor)
{
    if (m_found.size() >= limits::tensors)
        throw Error(ErrorCode::TooLarge, m_heap.subject(),
                    "it has more than " + std::to_string(limits::tensors) + " tensors");
    TensorInfo info = infoOf(m_heap, std::move(name), tensor);
    TensorPlace place = placeOf(m_heap, info, tensor);
    m_found.emplace_back(std::move(info), std::move(place));
}

void TorchContentsBuilder::addStateDict(const PickleItems& items, const StateDictOption& option,
                                        const std::string& prefix)
{
    for (const auto& [key, value] : items) {
        const auto* name = m_heap.get<PickleText>(key);
        const auto* tensor = m_heap.get<TensorPointer>(value);
        if (!name || !tensor)
            continue;
        if (name->text.size() > limits::tensorNameBytes)
            throw Error(ErrorCode::Damaged, m_heap.subject(),
                        "the name of a tensor has " + std::to_string(name->text.size()) + " bytes, at most " +
                            std::to_string(limits::tensorNameBytes) + " are read");
        if (std::optional<std::string> within = option.nameWithin(name->text))
            add(prefix + *within, **tensor);
    }
}

void TorchContentsBuilder::addModule(const std::vector<ModuleTensor>& tensors, const StateDictOption& option)
{
    for (const ModuleTensor& tensor : tensors)
        if (std::optional<std::string> within = option.nameWithin(tensor.name))
            add(std::move(*within), *tensor.tensor);
}

TorchContents TorchContentsBuilder::finish()
{
    std::sort(m_found.begin(), m_found.end(),
              [](const auto& one, const auto& other) { return one.first.name < other.first.name; });
    TorchContents contents;
    for (auto& [info, place] : m_found) {
        contents.tensors.push_back(std::move(info));
        contents.places.push_back(std::move(place));
    }
    checkNames(contents.tensors, m_heap.subject());
    checkTotal(contents);
    return contents;
}

void TorchContentsBuilder::checkTotal(const TorchContents& contents) const
{
    const std::uint64_t most = 2 * m_fileBytes + limits::sharedTensorBytes;
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < contents.tensors.size() && total <= most; ++i) {
        const std::int64_t elements = std::max(contents.tensors[i].count(), contents.places[i].span);
        // No overflow: every storage is as large as int64 allows, and the sum stops above the limit.
        total += std::min(static_cast<std::uint64_t>(elements), most) * sizeOf(contents.tensors[i].dtype);
    }
    if (total > most)
        throw Error(ErrorCode::TooLarge, m_heap.subject(),
                    "its tensors share storages and together need " + std::to_string(total) +
                        " bytes or more; the file has " + std::to_string(m_fileBytes) + ", which allows " +
                        std::to_string(most));
}

TorchContents findTorchContents(const PickleHeap& heap, PickleRef root, std::uint64_t fileBytes, const std::string& key)
{
    const StateDictsFound found = findStateDicts(heap, root);
    const Sources sources(heap, found);
    if (sources.candidates().empty())
        throw Error(ErrorCode::Unsupported, heap.subject(), instead(heap, root, found),
                    "Save model.state_dict(), bare or under the key \"model\"");
    const std::vector<StateDictOption> options = stateDictOptions(sources.candidates());
    const std::size_t chosen = chooseStateDict(options, key, heap.subject());
    TorchContentsBuilder builder(heap, fileBytes);
    sources.addTensors(options[chosen], builder);
    TorchContents contents = builder.finish();
    contents.origin = originOf(options, chosen, sources.candidates());
    contents.origin.objects = inertPickleNames(heap);
    if (const std::optional<PickleRef> module = sources.module(options[chosen])) {
        contents.origin.object = heap.nameOf(*module);
        contents.object = moduleFacts(heap, *module);
    }
    takeSettings(heap, root, contents);
    return contents;
}

} // namespace ocellus
