// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "core/model/prompt_cam/prompt_cam.h"

namespace ocellus {

/// Prompt-CAM as the engine uses it: the picture is encoded up to the last block, and the last block decodes classes.
class PromptCamModel : public Model {
public:
    /// As PromptCam's own.
    PromptCamModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                   const Progress& progress);

    const PromptCam& network() const { return m_network; }
    /// What encode() made, of this family.
    static const PromptCam::Picture& pictureOf(const PictureMemory& picture);

    std::unique_ptr<const PictureMemory> encode(const at::Tensor& image, const Progress& progress) const override;
    Decoded decode(const PictureMemory& picture, const QuerySet& set, const Progress& progress) const override;
    BlurredHeads blurHeads(const PictureMemory& picture, const QuerySet& set, int classIndex,
                           const Progress& progress) const override;

private:
    PromptCam m_network;
};

/// Blocks whose maps are kept: all of them, or the last one where so many classes would take too much memory.
int promptCamLayers(const ModelConfig& config);

} // namespace ocellus
