// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_state_dict.h"

#include <vector>

#include <nlohmann/json.hpp>

#include "core/io/float_conversion.h"
#include "core/io/pickle_writer.h"
#include "core/io/torch_archive_writer.h"

namespace ocellus {

void addTensor(PickleWriter& pickle, TorchArchiveWriter& archive, const TensorSource& source, const TensorInfo& tensor)
{
    const std::string key = archive.addStorage(tensor.count(), [&source, &tensor] {
        std::vector<float> values(static_cast<std::size_t>(tensor.count()));
        source.read(tensor, values);
        return values;
    });
    pickle.tensor(key, tensor.shape);
}

void addStateDict(PickleWriter& pickle, TorchArchiveWriter& archive, const TensorSource& source)
{
    pickle.orderedDict([&] {
        for (const TensorInfo& tensor : source.tensors()) {
            if (!isFloatingPoint(tensor.dtype))
                continue;
            pickle.text(tensor.name);
            addTensor(pickle, archive, source, tensor);
        }
    });
}

void writeTorchStateDict(const std::filesystem::path& path, const std::string& key, const TensorSource& source,
                         const nlohmann::json& args)
{
    PickleWriter pickle;
    TorchArchiveWriter archive;
    pickle.dict([&] {
        pickle.text(key);
        addStateDict(pickle, archive, source);
        pickle.text("args");
        pickle.dict([&] { pickle.members(args); });
    });
    archive.write(path, pickle.finish());
}

} // namespace ocellus
