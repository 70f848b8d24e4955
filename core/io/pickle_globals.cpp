// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle_globals.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

using Kind = PickleGlobalKind;

struct Meaning {
    std::string_view module;
    std::string_view name;
    Kind kind;
    std::optional<DType> dtype = {};
};

// What state dicts are made of. Whatever else a training program keeps beside them stays a name.
constexpr std::array meanings{
    Meaning{"collections", "OrderedDict", Kind::Dict},
    Meaning{"collections", "defaultdict", Kind::Dict},
    Meaning{"collections", "Counter", Kind::Dict},
    Meaning{"torch._utils", "_rebuild_tensor", Kind::Tensor},
    Meaning{"torch._utils", "_rebuild_tensor_v2", Kind::Tensor},
    Meaning{"torch._tensor", "_rebuild_from_type_v2", Kind::TypedTensor},
    Meaning{"torch._utils", "_rebuild_parameter", Kind::Parameter},
    Meaning{"torch._utils", "_rebuild_parameter_with_state", Kind::Parameter},
    Meaning{"torch.nn.parameter", "Parameter", Kind::Parameter},
    Meaning{"torch", "FloatStorage", Kind::StorageType, DType::Float32},
    Meaning{"torch", "HalfStorage", Kind::StorageType, DType::Float16},
    Meaning{"torch", "BFloat16Storage", Kind::StorageType, DType::BFloat16},
    Meaning{"torch", "DoubleStorage", Kind::StorageType, DType::Float64},
    Meaning{"torch", "LongStorage", Kind::StorageType, DType::Int64},
    Meaning{"torch", "IntStorage", Kind::StorageType, DType::Int32},
    Meaning{"torch", "ShortStorage", Kind::StorageType, DType::Int16},
    Meaning{"torch", "CharStorage", Kind::StorageType, DType::Int8},
    Meaning{"torch", "ByteStorage", Kind::StorageType, DType::UInt8},
    Meaning{"torch", "BoolStorage", Kind::StorageType, DType::Bool},
    Meaning{"torch", "Size", Kind::Tuple},
    Meaning{"builtins", "set", Kind::Set},
    Meaning{"builtins", "frozenset", Kind::Set},
    Meaning{"__builtin__", "set", Kind::Set},
    Meaning{"__builtin__", "frozenset", Kind::Set},
    Meaning{"torch.storage", "_load_from_bytes", Kind::NestedStorage},
    Meaning{"pathlib", "PosixPath", Kind::Path},
    Meaning{"pathlib", "PurePosixPath", Kind::Path},
    Meaning{"pathlib", "WindowsPath", Kind::Path},
    Meaning{"pathlib", "PureWindowsPath", Kind::Path},
    Meaning{"pathlib._local", "PosixPath", Kind::Path},
    Meaning{"pathlib._local", "WindowsPath", Kind::Path},
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

PickleRef recordOf(PickleHeap& heap, PickleRef callable, PickleRef arguments)
{
    heap.charge(sizeof(PickleRecord));
    auto record = std::make_unique<PickleRecord>();
    record->callable = callable;
    record->arguments = arguments;
    const PickleRef made = heap.add(std::move(record));
    heap.nest(made, callable);
    heap.nest(made, arguments);
    return made;
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

/// (function, type, arguments, state): what the function makes, where that is a tensor.
PickleRef typedTensorFrom(PickleHeap& heap, PickleRef callable, PickleRef arguments)
{
    const std::vector<PickleRef>& given = heap.get<PickleTuple>(arguments)->items;
    const auto* function = given.size() == 4 ? heap.get<PickleGlobal>(given[0]) : nullptr;
    const auto* inner = function ? heap.get<PickleTuple>(given[2]) : nullptr;
    if (inner && function->kind == Kind::Tensor && !inner->items.empty() && !heap.record(inner->items[0]))
        return tensorFrom(heap, inner->items);
    return recordOf(heap, callable, arguments);
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

/// set() or set([...]): the list or tuple itself, for nothing changes it here.
PickleRef setFrom(PickleHeap& heap, PickleRef callable, PickleRef arguments)
{
    const std::vector<PickleRef>& given = heap.get<PickleTuple>(arguments)->items;
    if (given.empty())
        return heap.add(PickleList{});
    return itemsOf(heap, given[0]) ? given[0] : recordOf(heap, callable, arguments);
}

/// A plain pickle has each storage in bytes of its own, which are a file of torch.save with nothing else in it.
PickleRef nestedStorageFrom(PickleHeap& heap, PickleRef callable, PickleRef arguments)
{
    const std::vector<PickleRef>& given = heap.get<PickleTuple>(arguments)->items;
    const auto* bytes = given.size() == 1 ? heap.get<PickleBytes>(given[0]) : nullptr;
    if (!heap.nestedReader() || !bytes)
        return recordOf(heap, callable, arguments);
    constexpr std::uint64_t costBytes = 1024; // of looking at it, however small it is
    heap.charge(costBytes);
    return heap.add(heap.addStorage(heap.nestedReader()(*bytes)));
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

/// (word, type, key, location, count[, view]). A type that is not known here makes a storage that nobody can read.
PickleRef storageFrom(PickleHeap& heap, const std::vector<PickleRef>& fields)
{
    const auto* type = heap.get<PickleGlobal>(fields[1]);
    const auto* key = heap.get<PickleText>(fields[2]);
    const std::int64_t* count = nonNegative(heap, fields[4]);
    if (!type || !key || !count)
        refuseArguments(heap, "a storage");
    PickleStorage storage{key->text, type->dtype, *count, 0, *count};
    heap.charge(sizeof storage + key->text.size());
    if (fields.size() > 5)
        setView(heap, fields[5], storage);
    return heap.add(heap.addStorage(std::move(storage)));
}

} // namespace

PickleGlobal pickleGlobal(PickleHeap& heap, std::string_view module, std::string_view name)
{
    const std::uint32_t known = heap.addName(module, name);
    // Files from the time when a storage's type said where it lay.
    const std::string_view place = module == "torch.cuda" ? "torch" : module;
    for (const Meaning& entry : meanings)
        if (entry.module == place && entry.name == name)
            return {entry.kind, entry.dtype, known};
    return {Kind::Inert, {}, known};
}

std::vector<std::string> inertPickleNames(const PickleHeap& heap)
{
    std::vector<std::string> names;
    std::set<std::uint32_t> seen;
    for (PickleRef ref = 0; ref < heap.size(); ++ref)
        if (const auto* global = heap.get<PickleGlobal>(ref);
            global && global->kind == Kind::Inert && seen.insert(global->name).second)
            names.emplace_back(heap.nameOf(ref));
    std::ranges::sort(names);
    return names;
}

PickleRef constructPickleValue(PickleHeap& heap, PickleRef callable, PickleRef arguments)
{
    const auto* global = heap.get<PickleGlobal>(callable);
    const auto* tuple = heap.get<PickleTuple>(arguments);
    if (!global && !heap.record(callable))
        throw Error(ErrorCode::Unsafe, heap.subject(), "its pickle calls a value that is no class or function");
    if (!tuple)
        refuseArguments(heap, "a call");
    const std::vector<PickleRef>& given = tuple->items;
    switch (global ? global->kind : Kind::Inert) {
    case Kind::Dict: return dictFrom(heap, given);
    case Kind::Tensor:
        // A storage that came in another way than torch.save's is no more than a record.
        return !given.empty() && heap.record(given[0]) ? recordOf(heap, callable, arguments) : tensorFrom(heap, given);
    case Kind::TypedTensor: return typedTensorFrom(heap, callable, arguments);
    case Kind::Parameter:
        if (!given.empty() && heap.get<std::shared_ptr<const PickleTensor>>(given[0]))
            return given[0];
        if (given.empty() || !heap.record(given[0]))
            refuseArguments(heap, "a parameter");
        return recordOf(heap, callable, arguments);
    case Kind::StorageType: refuseArguments(heap, "a storage");
    case Kind::Tuple:
        if (given.size() != 1)
            refuseArguments(heap, "a torch.Size");
        return given[0];
    case Kind::Set: return setFrom(heap, callable, arguments);
    case Kind::NestedStorage: return nestedStorageFrom(heap, callable, arguments);
    case Kind::Path: return pathFrom(heap, given);
    case Kind::Inert: break;
    }
    return recordOf(heap, callable, arguments);
}

PickleRef persistentPickleValue(PickleHeap& heap, PickleRef persistentId)
{
    const auto* tuple = heap.get<PickleTuple>(persistentId);
    const auto* word = tuple && !tuple->items.empty() ? heap.get<PickleText>(tuple->items[0]) : nullptr;
    // ("module", class, source file, source text): the class alone; the text is somebody's program.
    if (word && word->text == "module" && tuple->items.size() >= 2 && heap.get<PickleGlobal>(tuple->items[1]))
        return tuple->items[1];
    if (!word || word->text != "storage" || tuple->items.size() < 5)
        refuseArguments(heap, "a persistent object (expected a storage)");
    return storageFrom(heap, tuple->items);
}

} // namespace ocellus
