// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/torchvision_names.h"

#include <string>
#include <utility>
#include <vector>

#include "core/model/mapped_source.h"

namespace ocellus {

std::unique_ptr<const TensorSource> fromTorchvision(const TensorSource& source)
{
    const bool resnet = source.find("conv1.weight") && source.find("layer1.0.conv1.weight") && source.find("fc.weight");
    const bool mobilenet =
        source.find("features.0.0.weight") && source.find("features.18.0.weight") && source.find("classifier.1.weight");
    if (!resnet && !mobilenet)
        return nullptr;
    const std::string classifier = resnet ? "fc." : "classifier.1.";
    std::vector<MappedTensor> tensors;
    for (const TensorInfo& tensor : source.tensors()) {
        const std::string& name = tensor.name;
        tensors.emplace_back(
            name.starts_with(classifier) ? "fc." + name.substr(classifier.size()) : "backbone.0.body." + name, tensor);
    }
    return std::make_unique<const MappedSource>(source, std::move(tensors));
}

} // namespace ocellus
