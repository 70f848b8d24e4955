// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/base/progress.h"
#include "core/model/backbone.h"
#include "core/model/intr/decoder.h"
#include "core/model/intr/encoder.h"
#include "core/model/intr/position.h"
#include "core/model/intr/presence_head.h"
#include "core/model/vit/vit.h"

namespace ocellus {

/// INTR (arXiv 2311.04157): backbone, encoder, class queries, decoder and the head that makes logits of its outputs.
/// The backbone is convolutional, or a Vision Transformer whose patch tokens make the grid (appendix F). Inference
/// only, one picture at a time, no padding.
class Intr {
public:
    struct Memory {
        at::Tensor tokens; ///< [N, D], the encoder's output
        int rows = 0;
        int columns = 0;
        MemoryProjection projection;
    };

    /// What the decoder computes: the queries of `classes` in their order and, where `zeros` > 0, one more row, a zero
    /// query that stands for that many. Zeroed queries start equal and stay equal, so one row, with the logarithm of
    /// their number added to its self-attention score, gives exactly what all of them would.
    struct Queries {
        std::vector<int> classes;
        int zeros = 0;
        LogitRows logits; ///< rows from 0 to classes.size() - 1, or to classes.size() with a zero query
    };

    struct Decoded {
        at::Tensor logits;    ///< as many as Queries::logits asks for
        Decoder::Output maps; ///< of the computed rows
    };

    /// `source` has passed checkStateDict(config, source).
    Intr(const ModelConfig& config, const TensorSource& source, const Compute& compute, const Progress& progress);

    const ModelConfig& config() const { return m_config; }

    /// `image` [1, 3, H, W], preprocessed, anywhere.
    Memory encode(const at::Tensor& image, const Progress& progress) const;

    /// `grid`: what the backbone makes of an image, with the device and type of the model.
    Memory encodeGrid(const at::Tensor& grid, const Progress& progress) const;

    /// Null where the backbone is a Vision Transformer.
    const Backbone* backbone() const { return m_backbone ? &*m_backbone : nullptr; }

    Decoded decode(const MemoryProjection& memory, const Queries& queries, const Progress& progress) const;

    /// Logits of these classes, had each row's last cross-attention had its own weights: `states` [n, D] rows of
    /// Decoder::Output::states, `attention` [R, n, N], both anywhere; as many classes as rows.
    at::Tensor logitsWith(const MemoryProjection& memory, const std::vector<std::int64_t>& classes,
                          const at::Tensor& states, const at::Tensor& attention) const;

    /// One class's answer had its last cross-attention had other weights.
    struct Answer {
        at::Tensor logit;  ///< [1]
        at::Tensor output; ///< [1, D]
    };

    /// `state` [1, D]: the class's row of Decoder::Output::states; `attention` [R, 1, N]; both anywhere.
    Answer answer(const MemoryProjection& memory, int classIndex, const at::Tensor& state,
                  const at::Tensor& attention) const;

private:
    Intr(const ModelConfig& config, Weights weights, const Compute& compute);

    ModelConfig m_config;
    Compute m_compute;
    std::optional<Backbone> m_backbone; // one of the two
    std::optional<Vit> m_vit;
    Position m_position;
    Convolution m_inputProjection;
    Encoder m_encoder;
    Decoder m_decoder;
    at::Tensor m_queries; // [C, D]
    PresenceHead m_presence;
};

} // namespace ocellus
