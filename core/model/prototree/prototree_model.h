// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/tree_answer.h"
#include "core/model/model.h"
#include "core/model/prototypes/prototype_network.h"

namespace ocellus {

/// ProtoTree (arXiv 2012.02046) as the engine uses it: its scores are the logarithms of the soft prediction, that of
/// all leaves weighed by how probably the picture reaches them, and its maps those of the branches on the greedy way.
class ProtoTreeModel : public Model {
public:
    /// `source` has passed checkTensors(protoTreeTensors(config), source).
    ProtoTreeModel(const ModelConfig& config, const TensorSource& source, const Compute& compute,
                   const Progress& progress);

    const Backbone* backbone() const override { return m_network.backbone(); }
    std::unique_ptr<const PictureMemory> encode(const at::Tensor& input, const Progress& progress) const override;
    Decoded decode(const PictureMemory& picture, const QuerySet& set, const Progress& progress) const override;

    /// Similarity 0 to what was taken away, and the way anew.
    Decoding::Answer without(const PictureMemory& picture, const Decoding& whole,
                             const AttentionIntervention& intervention) const override;
    std::vector<float> logitsWith(const PictureMemory& picture, const Decoding& whole, int classIndex,
                                  const std::vector<float>& attention) const override;

    /// What prototypes find in a picture.
    struct Findings {
        at::Tensor distances;        ///< [P, h', w'], roots of the squared ones
        at::Tensor similarities;     ///< exp(-distance)
        std::vector<float> presence; ///< [P], the greatest of these: the probability of going right
    };

    /// Of what the network has embedded.
    Findings find(const at::Tensor& embedded) const;

    /// The ways through the tree; `soft` [C] is filled with the distribution of all leaves together.
    TreeAnswer walk(const std::vector<float>& presence, std::vector<double>& soft) const;

    const PrototypeNetwork& network() const { return m_network; }

private:
    ProtoTreeModel(const ModelConfig& config, Weights weights, const Compute& compute);

    /// What the tree says where prototypes find that: `similarities` [P, cells], `presence` [P].
    Decoding::Arrays answered(std::size_t cells, std::vector<float> similarities, std::vector<float> presence) const;

    ModelConfig m_config;
    PrototypeNetwork m_network;
    std::vector<std::vector<float>> m_distributions; // of each node, empty for branches
};

} // namespace ocellus
