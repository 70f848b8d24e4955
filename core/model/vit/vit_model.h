// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "core/model/vit/vit.h"

namespace ocellus {

/// A Vision Transformer as the engine uses it: where its prefix tokens, [CLS] first, look in every block and head. The
/// maps are the picture's, the same for every class that its head may have.
class VitModel : public Model {
public:
    /// As Vit's own.
    VitModel(const VitConfig& config, const TensorSource& source, const Compute& compute, const Progress& progress);

    std::unique_ptr<const PictureMemory> encode(const at::Tensor& image, const Progress& progress) const override;
    Decoded decode(const PictureMemory& picture, const QuerySet& set, const Progress& progress) const override;

private:
    VitModel(const VitConfig& config, Weights weights, const Compute& compute);

    Vit m_vit;
};

} // namespace ocellus
