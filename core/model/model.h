// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/base/progress.h"
#include "core/engine/blurred_heads.h"
#include "core/engine/decoding.h"
#include "core/engine/query_set.h"
#include "core/model/picture_memory.h"

namespace ocellus {

class Backbone;

/// A model in memory, as the engine uses it: encodes a picture once, then decodes sets of classes from what it keeps.
class Model {
public:
    /// What a Decoding is made of.
    struct Decoded {
        Decoding::Extent extent;
        std::vector<int> queryOfClass; ///< [C], -1 where a class has no map
        Decoding::Arrays arrays;
    };

    virtual ~Model() = default;

    /// The part whose grids can be followed through small changes of a picture; null where every cell depends on the
    /// whole of it.
    virtual const Backbone* backbone() const { return nullptr; }

    /// `input`: what backbone() makes of a picture or, without one, the picture [1, 3, H, W]; of the model's device.
    virtual std::unique_ptr<const PictureMemory> encode(const at::Tensor& input, const Progress& progress) const = 0;

    /// Throws Error: BadArgument for a limit that the model has not, Device for an overflow, Cancelled.
    virtual Decoded decode(const PictureMemory& picture, const QuerySet& set, const Progress& progress) const = 0;

    /// What is left of `whole` without what was taken away. Throws as validate(), and Error(Unsupported) where the
    /// model has no such thing; see ModelOffer::canIntervene.
    virtual Decoding::Answer without(const PictureMemory& picture, const Decoding& whole,
                                     const AttentionIntervention& intervention) const;

    /// One class's answer had its last layer's attention been `attention` [R, N]; where maps are each class's own. As
    /// without().
    virtual Decoding::Answer answer(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                    std::vector<float> attention) const;

    /// The class's logits had it had each of these weights in turn: `attention` [n, R, N] -> [n]. As without().
    virtual std::vector<float> logitsWith(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                          const std::vector<float>& attention) const;

    /// Throws Error: Unsupported where the model's heads cannot be blurred, see ModelOffer::canBlurHeads; Cancelled.
    virtual BlurredHeads blurHeads(const PictureMemory& picture, const QuerySet& set, int classIndex,
                                   const Progress& progress) const;
};

} // namespace ocellus
