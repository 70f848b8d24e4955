// SPDX-License-Identifier: GPL-3.0-or-later
#include <vector>

#include "core/base/error.h"
#include "core/io/safetensors_reader.h"
#include "tests/fuzz/memory_file.h"

using namespace ocellus;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const test::MemoryFile file(bytes, size);
    try {
        const SafetensorsReader reader(file.path());
        for (const TensorInfo& tensor : reader.tensors()) {
            std::vector<float> values(static_cast<std::size_t>(tensor.count()));
            try {
                reader.read(tensor, values);
            } catch (const Error&) { // whole numbers are no weights
            }
        }
    } catch (const Error&) {
    }
    return 0;
}
