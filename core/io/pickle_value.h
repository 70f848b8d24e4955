// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/tensor_source.h"

namespace ocellus {

/// Place of a value in a PickleHeap; values may refer to each other in circles.
using PickleRef = std::uint32_t;

/// What calling an object that a pickle names stands for here; none of them is ever run.
enum class PickleGlobalKind {
    Dict,
    Tensor,
    TypedTensor, ///< (function, type, arguments, state): a tensor with attributes
    Parameter,
    StorageType,
    Tuple,         ///< torch.Size
    Set,           ///< of a list or tuple of its members
    NestedStorage, ///< of the bytes of a small file of torch.save, with one storage in it
    Path,
    Inert ///< any other name: calling it makes a PickleRecord
};

struct PickleNone {};

/// Whole numbers of more than 64 bits: little-endian, two's complement.
struct PickleBigInt {
    std::string bytes;
};

struct PickleText {
    std::string text;
};

/// Where the bytes lie in what the pickle was read from; they are not kept.
struct PickleBytes {
    std::uint64_t position = 0;
    std::uint64_t size = 0;
};

struct PickleList {
    std::vector<PickleRef> items;
};

struct PickleTuple {
    std::vector<PickleRef> items;
};

/// Keys and values in the file's order; a key may be there twice, and then the last one counts.
using PickleItems = std::vector<std::pair<PickleRef, PickleRef>>;

struct PickleDict {
    PickleItems items;
};

/// A class or function by its name, which is all that is ever known of it.
struct PickleGlobal {
    PickleGlobalKind kind = PickleGlobalKind::Inert;
    std::optional<DType> dtype; ///< of a storage type, where Ocellus knows it
    std::uint32_t name = 0;     ///< PickleHeap::nameOf
};

/// An instance of a class, or the result of a function, that has no meaning here: what the file says of it, inert.
/// It is in the memo before its state is there, so a record may lie in itself.
struct PickleRecord {
    PickleRef callable = 0;  ///< a PickleGlobal, or a record that was called
    PickleRef arguments = 0; ///< a PickleTuple
    std::optional<PickleRef> keywords;
    std::optional<PickleRef> state; ///< mostly its attributes, a PickleDict
    std::vector<PickleRef> members; ///< what was appended to it
    PickleItems items;              ///< what was set in it by key
};

/// Some elements of one of the file's storages, as its persistent id names them.
struct PickleStorage {
    std::string key;
    std::optional<DType> dtype; ///< none for complex and quantised numbers
    std::int64_t fileCount = 0; ///< elements of the whole storage in the file
    std::int64_t first = 0;     ///< elements before this view; legacy files only
    std::int64_t count = 0;
};

/// Not checked against its storage yet.
struct PickleTensor {
    std::shared_ptr<const PickleStorage> storage;
    std::int64_t offset = 0;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> stride;
};

using PickleValue =
    std::variant<PickleNone, bool, std::int64_t, double, PickleBigInt, PickleText, PickleBytes, PickleList, PickleTuple,
                 PickleDict, PickleGlobal, std::shared_ptr<const PickleStorage>, std::shared_ptr<const PickleTensor>,
                 std::unique_ptr<PickleRecord>>;

} // namespace ocellus
