// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/classifier/linear_classifier.h"

#include "core/model/torch_headers.h"

namespace ocellus {

LinearClassifier::LinearClassifier(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                                   const Progress& progress)
    : LinearClassifier(config, Weights(source, progress), compute)
{
}

LinearClassifier::LinearClassifier(const ModelConfig& config, Weights weights, const Compute& compute)
    : m_config(config),
      m_compute(compute),
      m_backbone(config, weights, compute),
      m_linear(weights, "fc.weight", "fc.bias", compute)
{
}

at::Tensor LinearClassifier::pool(const at::Tensor& image, const Progress& progress) const
{
    return poolGrid(m_backbone.run(image.to(m_compute.device, m_compute.type), progress));
}

at::Tensor LinearClassifier::poolGrid(const at::Tensor& grid)
{
    return grid.mean(c10::IntArrayRef{2, 3});
}

at::Tensor LinearClassifier::logits(const at::Tensor& pooled) const
{
    return m_linear.run(pooled).squeeze(0);
}

} // namespace ocellus
