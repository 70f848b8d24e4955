// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>
#include <string>

#include "core/base/error.h"
#include "core/io/pickle_reader.h"
#include "core/io/training_contents.h"

using namespace ocellus;

/// The pickle alone, so that no checksum keeps the fuzzer from it, and what is looked for in its value.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    PickleInput input(
        [&](std::uint64_t offset, std::span<std::byte> out) { std::memcpy(out.data(), bytes + offset, out.size()); },
        size, "fuzz");
    PickleHeap heap("fuzz");
    // As a plain pickle has its storages, without the small files that they lie in.
    heap.setNestedReader([](const PickleBytes& bytes) {
        PickleStorage storage;
        storage.key = std::to_string(bytes.position);
        storage.dtype = DType::Float32;
        storage.count = storage.fileCount = static_cast<std::int64_t>(bytes.size / sizeof(float));
        return storage;
    });
    try {
        // A legacy file has several in a row.
        while (true) {
            const PickleRef root = readPickle(input, heap);
            try {
                TrainingState state;
                findTrainingContents(heap, root, size, state);
            } catch (const Error&) {
            }
            static_cast<void>(findTorchContents(heap, root, size));
        }
    } catch (const Error&) {
    }
    return 0;
}
