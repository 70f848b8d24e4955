// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle_globals.h"

#include <array>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

using Kind = PickleGlobalKind;

struct Allowed {
    std::string_view module;
    std::string_view name;
    Kind kind;
    std::optional<DType> dtype = {};
};

// What torch.save writes for state dicts, optimizers, schedulers and argparse's settings. Inert are constructors of
// plain data that settings and optimizers hold and that Ocellus has no use for.
constexpr std::array allowed{
    Allowed{"collections", "OrderedDict", Kind::Dict},
    Allowed{"collections", "defaultdict", Kind::Dict},
    Allowed{"collections", "Counter", Kind::Dict},
    Allowed{"torch._utils", "_rebuild_tensor", Kind::Tensor},
    Allowed{"torch._utils", "_rebuild_tensor_v2", Kind::Tensor},
    Allowed{"torch._utils", "_rebuild_parameter", Kind::Parameter},
    Allowed{"torch.nn.parameter", "Parameter", Kind::Parameter},
    Allowed{"torch", "FloatStorage", Kind::StorageType, DType::Float32},
    Allowed{"torch", "HalfStorage", Kind::StorageType, DType::Float16},
    Allowed{"torch", "BFloat16Storage", Kind::StorageType, DType::BFloat16},
    Allowed{"torch", "DoubleStorage", Kind::StorageType, DType::Float64},
    Allowed{"torch", "LongStorage", Kind::StorageType, DType::Int64},
    Allowed{"torch", "IntStorage", Kind::StorageType, DType::Int32},
    Allowed{"torch", "ShortStorage", Kind::StorageType, DType::Int16},
    Allowed{"torch", "CharStorage", Kind::StorageType, DType::Int8},
    Allowed{"torch", "ByteStorage", Kind::StorageType, DType::UInt8},
    Allowed{"torch", "BoolStorage", Kind::StorageType, DType::Bool},
    Allowed{"torch", "ComplexFloatStorage", Kind::StorageType},
    Allowed{"torch", "ComplexDoubleStorage", Kind::StorageType},
    Allowed{"torch", "Size", Kind::Tuple},
    Allowed{"torch", "device", Kind::Inert},
    Allowed{"torch", "float32", Kind::Inert},
    Allowed{"torch", "float16", Kind::Inert},
    Allowed{"torch", "bfloat16", Kind::Inert},
    Allowed{"torch", "float64", Kind::Inert},
    Allowed{"torch", "int64", Kind::Inert},
    Allowed{"argparse", "Namespace", Kind::Namespace},
    Allowed{"pathlib", "PosixPath", Kind::Path},
    Allowed{"pathlib", "PurePosixPath", Kind::Path},
    Allowed{"pathlib", "WindowsPath", Kind::Path},
    Allowed{"pathlib", "PureWindowsPath", Kind::Path},
    Allowed{"pathlib._local", "PosixPath", Kind::Path},
    Allowed{"pathlib._local", "WindowsPath", Kind::Path},
    Allowed{"datetime", "datetime", Kind::Inert},
    Allowed{"datetime", "timedelta", Kind::Inert},
    Allowed{"numpy", "dtype", Kind::Inert},
    Allowed{"numpy", "ndarray", Kind::Inert},
    Allowed{"numpy.core.multiarray", "scalar", Kind::Inert},
    Allowed{"numpy.core.multiarray", "_reconstruct", Kind::Inert},
    Allowed{"numpy._core.multiarray", "scalar", Kind::Inert},
    Allowed{"numpy._core.multiarray", "_reconstruct", Kind::Inert},
    Allowed{"_codecs", "encode", Kind::Inert}, // bytes in protocol 2
    Allowed{"__builtin__", "bytes", Kind::Inert},
    Allowed{"__builtin__", "bytearray", Kind::Inert},
    Allowed{"__builtin__", "set", Kind::Inert},
    Allowed{"__builtin__", "frozenset", Kind::Inert},
    Allowed{"__builtin__", "complex", Kind::Inert},
    Allowed{"__builtin__", "dict", Kind::Inert},
    Allowed{"__builtin__", "list", Kind::Inert},
    Allowed{"__builtin__", "int", Kind::Inert},
    Allowed{"__builtin__", "float", Kind::Inert},
    Allowed{"builtins", "bytearray", Kind::Inert},
    Allowed{"builtins", "set", Kind::Inert},
    Allowed{"builtins", "frozenset", Kind::Inert},
    Allowed{"builtins", "complex", Kind::Inert},
    Allowed{"builtins", "dict", Kind::Inert},
    Allowed{"builtins", "list", Kind::Inert},
    Allowed{"builtins", "int", Kind::Inert},
    Allowed{"builtins", "float", Kind::Inert},
};

[[noreturn]] void refuseArguments(const PickleHeap& heap, const std::string& of)
{
    throw Error(ErrorCode::Damaged, heap.subject(),
                "its pickle describes " + of + " in a way that torch.save does not");
}

const std::int64_t* nonNegative(const PickleHeap& heap, PickleRef ref)
{
    const auto* number = heap.get<std::int64_t>(ref);
    return number && *number >= 0 ? number : nullptr;
}

/// The items of a tuple or list, or null.
const std::vector<PickleRef>* itemsOf(const PickleHeap& heap, PickleRef ref)
{
    if (const auto* tuple = heap.get<PickleTuple>(ref))
        return &tuple->items;
    const auto* list = heap.get<PickleList>(ref);
    return list ? &list->items : nullptr;
}

std::vector<std::int64_t> numbersOf(const PickleHeap& heap, PickleRef ref)
{
    const std::vector<PickleRef>* items = itemsOf(heap, ref);
    if (!items || items->size() > limits::dimensions)
        refuseArguments(heap, "a tensor's shape");
    std::vector<std::int64_t> numbers;
    for (const PickleRef item : *items) {
        const std::int64_t* number = nonNegative(heap, item);
        if (!number)
            refuseArguments(heap, "a tensor's shape or strides (a negative or missing number)");
        numbers.push_back(*number);
    }
    return numbers;
}

/// (storage, offset, shape, stride[, requires_grad, hooks, metadata])
PickleRef tensorFrom(PickleHeap& heap, const std::vector<PickleRef>& arguments)
{
    if (arguments.size() < 4)
        refuseArguments(heap, "a tensor");
    const auto* storage = heap.get<std::shared_ptr<const PickleStorage>>(arguments[0]);
    const std::int64_t* offset = nonNegative(heap, arguments[1]);
    if (!storage || !offset)
        refuseArguments(heap, storage ? "a tensor's offset (a negative or missing number)" : "a tensor's storage");
    PickleTensor tensor{*storage, *offset, numbersOf(heap, arguments[2]), numbersOf(heap, arguments[3])};
    if (tensor.shape.size() != tensor.stride.size())
        refuseArguments(heap, "a tensor's strides (not as many as dimensions)");
    heap.charge(sizeof tensor + tensor.shape.size() * 2 * sizeof(std::int64_t));
    return heap.add(std::make_shared<const PickleTensor>(std::move(tensor)));
}

/// OrderedDict() or, as Python 2 wrote it, OrderedDict([[key, value], ...]).
PickleRef dictFrom(PickleHeap& heap, const std::vector<PickleRef>& arguments)
{
    PickleDict dict;
    const std::vector<PickleRef>* pairs = arguments.empty() ? nullptr : itemsOf(heap, arguments[0]);
    if (!arguments.empty())
        if (const auto* other = heap.get<PickleDict>(arguments[0])) {
            heap.charge(other->items.size() * sizeof(dict.items[0]));
            dict.items = other->items;
        }
    heap.charge(pairs ? pairs->size() * sizeof(dict.items[0]) : 0);
    for (std::size_t i = 0; pairs && i < pairs->size(); ++i) {
        const std::vector<PickleRef>* pair = itemsOf(heap, (*pairs)[i]);
        if (!pair || pair->size() != 2)
            refuseArguments(heap, "a dictionary");
        dict.items.emplace_back((*pair)[0], (*pair)[1]);
    }
    const PickleRef made = heap.add(std::move(dict));
    for (const PickleRef argument : arguments)
        heap.nest(made, argument);
    return made;
}

PickleRef pathFrom(PickleHeap& heap, const std::vector<PickleRef>& parts)
{
    std::string path;
    for (const PickleRef part : parts) {
        const auto* text = heap.get<PickleText>(part);
        if (!text)
            refuseArguments(heap, "a path");
        heap.charge(text->text.size() + 1);
        path += (path.empty() || path.ends_with('/') ? "" : "/") + text->text;
    }
    return heap.add(PickleText{std::move(path)});
}

/// (key of the view, offset, count), elements of the storage; legacy files only.
void setView(const PickleHeap& heap, PickleRef view, PickleStorage& storage)
{
    if (heap.get<PickleNone>(view))
        return;
    const auto* fields = heap.get<PickleTuple>(view);
    if (!fields || fields->items.size() != 3)
        refuseArguments(heap, "a view of a storage");
    const std::int64_t* first = nonNegative(heap, fields->items[1]);
    const std::int64_t* count = nonNegative(heap, fields->items[2]);
    if (!first || !count || *first > storage.fileCount || *count > storage.fileCount - *first)
        throw Error(ErrorCode::Damaged, heap.subject(),
                    "a view lies beyond the " + std::to_string(storage.fileCount) + " elements of storage " +
                        excerpt(storage.key));
    storage.first = *first;
    storage.count = *count;
}

} // namespace

PickleGlobal findPickleGlobal(std::string_view module, std::string_view name, const std::string& subject)
{
    for (const Allowed& entry : allowed)
        if (entry.module == module && entry.name == name)
            return {entry.kind, entry.dtype};
    throw Error(ErrorCode::Unsafe, subject,
                "it asks for the Python object " + excerpt(std::string(module) + "." + std::string(name)) +
                    ", which no state dict needs; nothing of the file was used",
                "If you trust the file, save its state dict alone: torch.save(model.state_dict(), ...)");
}

PickleRef constructPickleValue(PickleHeap& heap, PickleRef callable, PickleRef arguments)
{
    const auto* global = heap.get<PickleGlobal>(callable);
    const auto* tuple = heap.get<PickleTuple>(arguments);
    if (!global)
        throw Error(ErrorCode::Unsafe, heap.subject(), "its pickle calls a value that is not one of the known objects");
    if (!tuple)
        refuseArguments(heap, "a call");
    switch (global->kind) {
    case Kind::Dict: return dictFrom(heap, tuple->items);
    case Kind::Tensor: return tensorFrom(heap, tuple->items);
    case Kind::Parameter:
        if (tuple->items.empty() || !heap.get<std::shared_ptr<const PickleTensor>>(tuple->items[0]))
            refuseArguments(heap, "a parameter");
        return tuple->items[0];
    case Kind::StorageType: refuseArguments(heap, "a storage");
    case Kind::Namespace: return heap.add(PickleNamespace{});
    case Kind::Tuple:
        if (tuple->items.size() != 1)
            refuseArguments(heap, "a torch.Size");
        return tuple->items[0];
    case Kind::Path: return pathFrom(heap, tuple->items);
    case Kind::Inert: return heap.add(PickleOpaque{});
    }
    return heap.add(PickleOpaque{});
}

PickleRef pickleStorage(PickleHeap& heap, PickleRef persistentId)
{
    const auto* tuple = heap.get<PickleTuple>(persistentId);
    const PickleText* word = tuple && tuple->items.size() >= 5 ? heap.get<PickleText>(tuple->items[0]) : nullptr;
    if (!word || word->text != "storage")
        refuseArguments(heap, "a persistent object (expected a storage)");
    const auto* type = heap.get<PickleGlobal>(tuple->items[1]);
    const auto* key = heap.get<PickleText>(tuple->items[2]);
    const std::int64_t* count = nonNegative(heap, tuple->items[4]);
    if (!type || type->kind != Kind::StorageType || !key || !count)
        refuseArguments(heap, "a storage");
    PickleStorage storage{key->text, type->dtype, *count, 0, *count};
    heap.charge(sizeof storage + key->text.size());
    if (tuple->items.size() > 5)
        setView(heap, tuple->items[5], storage);
    return heap.add(heap.addStorage(std::move(storage)));
}

} // namespace ocellus
