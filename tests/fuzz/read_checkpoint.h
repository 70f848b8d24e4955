// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/error.h"
#include "core/io/checkpoint.h"

namespace ocellus::test {

/// Opens and reads everything; an Error is what a broken file should give, anything else is a find.
inline void readCheckpoint(const std::filesystem::path& path)
{
    try {
        const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(path);
        std::vector<float> values;
        for (const TensorInfo& tensor : checkpoint->tensors()) {
            values.resize(static_cast<std::size_t>(tensor.count()));
            if (tensor.dtype == DType::Float32 || tensor.dtype == DType::Float16 || tensor.dtype == DType::BFloat16 ||
                tensor.dtype == DType::Float64)
                checkpoint->read(tensor, values);
        }
    } catch (const Error&) {
    }
}

} // namespace ocellus::test
