// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_contents.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/settings_json.h"
#include "core/io/tensor_extent.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

using TensorPointer = std::shared_ptr<const PickleTensor>;

/// "epoch, optimizer, ...", to say what a file holds instead of a state dict.
std::string keysText(const PickleHeap& heap, const PickleDict& dict)
{
    constexpr int most = 8;
    std::string text;
    int count = 0;
    for (const auto& [key, value] : dict.items) {
        const auto* name = heap.get<PickleText>(key);
        if (name && ++count <= most)
            text += (text.empty() ? "" : ", ") + excerpt(name->text);
    }
    return (text.empty() ? "no names" : text) + (count > most ? ", ..." : "");
}

const PickleDict& findStateDict(const PickleHeap& heap, PickleRef root)
{
    const auto* top = heap.get<PickleDict>(root);
    if (!top)
        throw Error(ErrorCode::Unsupported, heap.subject(),
                    heap.get<TensorPointer>(root) ? "it holds a single tensor, expected a state dict"
                                                  : "it holds no state dict, which would be a dictionary of tensors",
                    "Save model.state_dict(), bare or under the key \"model\"");
    const PickleRef* model = heap.find(*top, "model");
    const PickleDict* under = model ? heap.get<PickleDict>(*model) : nullptr;
    const PickleDict& dict = under ? *under : *top;
    const bool anyTensor = std::any_of(dict.items.begin(), dict.items.end(), [&](const auto& item) {
        return heap.get<PickleText>(item.first) && heap.get<TensorPointer>(item.second);
    });
    if (!anyTensor)
        throw Error(ErrorCode::Unsupported, heap.subject(),
                    "it holds no state dict, neither bare nor under \"model\"; found: " + keysText(heap, dict),
                    "Save model.state_dict(), bare or under the key \"model\"");
    return dict;
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

void TorchContentsBuilder::addStateDict(PickleRef root, const std::string& prefix)
{
    for (const auto& [key, value] : findStateDict(m_heap, root).items) {
        const auto* name = m_heap.get<PickleText>(key);
        const auto* tensor = m_heap.get<TensorPointer>(value);
        if (name && tensor)
            add(prefix + withoutModulePrefix(name->text), **tensor);
    }
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

TorchContents findTorchContents(const PickleHeap& heap, PickleRef root, std::uint64_t fileBytes)
{
    TorchContentsBuilder builder(heap, fileBytes);
    builder.addStateDict(root);
    TorchContents contents = builder.finish();
    if (const PickleRef* args = heap.find(*heap.get<PickleDict>(root), "args"))
        contents.args = settingsAsJson(heap, *args);
    return contents;
}

} // namespace ocellus
