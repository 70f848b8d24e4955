// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/classifier/linear_classifier.h"
#include "core/model/model.h"

namespace ocellus {

/// The plain classifier as the engine uses it: what it keeps of a picture is one cell, the mean of the backbone's grid,
/// and it has no maps.
class ClassifierModel : public Model {
public:
    /// As LinearClassifier's own.
    ClassifierModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                    const Progress& progress);

    const Backbone* backbone() const override { return &m_classifier.backbone(); }
    std::unique_ptr<const PictureMemory> encode(const at::Tensor& grid, const Progress& progress) const override;
    Decoded decode(const PictureMemory& picture, const QuerySet& set, const Progress& progress) const override;

private:
    LinearClassifier m_classifier;
};

} // namespace ocellus
