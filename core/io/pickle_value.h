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

/// What the constructors that a checkpoint may name make here; none of them is ever run.
enum class PickleGlobalKind {
    Dict,
    Tensor,
    Parameter,
    StorageType,
    Namespace,
    Tuple, ///< torch.Size
    Path,
    Inert ///< harmless data that nothing here looks into
};

struct PickleNone {};

/// Whole numbers of more than 64 bits: little-endian, two's complement.
struct PickleBigInt {
    std::string bytes;
};

struct PickleText {
    std::string text;
};

struct PickleBytes {
    std::string bytes;
};

struct PickleList {
    std::vector<PickleRef> items;
};

struct PickleTuple {
    std::vector<PickleRef> items;
};

struct PickleDict {
    std::vector<std::pair<PickleRef, PickleRef>> items;
};

/// argparse.Namespace
struct PickleNamespace {
    std::vector<std::pair<PickleRef, PickleRef>> items;
};

struct PickleGlobal {
    PickleGlobalKind kind = PickleGlobalKind::Inert;
    std::optional<DType> dtype; ///< of a storage type, where Ocellus knows it
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

struct PickleOpaque {};

using PickleValue =
    std::variant<PickleNone, bool, std::int64_t, double, PickleBigInt, PickleText, PickleBytes, PickleList, PickleTuple,
                 PickleDict, PickleNamespace, PickleGlobal, std::shared_ptr<const PickleStorage>,
                 std::shared_ptr<const PickleTensor>, PickleOpaque>;

} // namespace ocellus
