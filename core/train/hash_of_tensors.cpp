// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/hash_of_tensors.h"

#include <span>
#include <vector>

#include "core/base/hash.h"

namespace ocellus {

std::string hashOfTensors(const TensorSource& source, const std::function<bool(const TensorInfo&)>& takes)
{
    ContentKey key;
    std::vector<float> values;
    for (const TensorInfo& tensor : source.tensors()) {
        if (!takes(tensor))
            continue;
        values.resize(static_cast<std::size_t>(tensor.count()));
        source.read(tensor, values);
        key = contentKey(tensor.name, key.low ^ key.high);
        key = contentKey(std::as_bytes(std::span(values)), key.low ^ key.high);
    }
    return std::to_string(key.low) + "-" + std::to_string(key.high);
}

} // namespace ocellus
