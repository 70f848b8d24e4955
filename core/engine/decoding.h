// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/hash.h"
#include "core/engine/attention_intervention.h"
#include "core/engine/map_source.h"
#include "core/engine/query_set.h"

namespace ocellus {

/// What the model says about one picture and one query set; immutable, plain floats. Maps are made when they are asked
/// for, in microseconds, and belong to whoever asked.
///
/// Classes are always the model's own indices from 0. Under `zero` every class has a map, the inactive ones all the
/// same one (the zero query's); under `drop` only active classes have one. A plain classifier's has logits of all
/// classes, and nothing of the decoder: no layers, no heads, empty outputs.
class Decoding {
public:
    /// Sizes: L layers, R heads, Q computed queries, N = rows * columns cells, C classes, D hidden.
    struct Extent {
        int layers = 0, heads = 0, queries = 0, rows = 0, columns = 0, classes = 0, hiddenDim = 0;

        std::size_t cells() const { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); }
    };

    /// The arrays as the decoder fills them.
    struct Arrays {
        std::vector<float> logits;             ///< in the order of classes(), as many; none where nothing has a score
        std::vector<float> outputs;            ///< [Q, D] last layer after the final LayerNorm
        std::vector<float> states;             ///< [Q, D] last layer before its cross-attention
        std::shared_ptr<const MapSource> maps; ///< of the Q queries; null where there are no layers
    };

    /// What attention by hand makes of its class.
    struct Answer {
        float logit = 0;
        std::vector<float> output;    ///< [D]
        std::vector<float> attention; ///< [R, N] of the last layer
        /// [C] where other classes' logits depend on what this class's maps find; empty where only its own does.
        std::vector<float> logits = {};
        /// By head, what a prototype still finds and gives; empty where maps are no prototypes'.
        std::vector<std::optional<MapSource::Part>> parts = {};
        /// Of maps that are the same for every class, as a tree's and concepts': all of them anew, in the place of
        /// `output`, `attention` and `parts`.
        std::shared_ptr<const Arrays> arrays = {};
    };

    Decoding(ContentKey key, QuerySet set, Extent extent, std::vector<int> queryOfClass, Arrays arrays);

    /// `whole` with another answer of one class; shares its arrays. Nothing else of the model depends on what a query
    /// sees in the last layer, so all other classes' logits and maps are the same bits. Prototypes count for every
    /// class that has a weight for them: then all logits are the answer's.
    Decoding(ContentKey key, const Decoding& whole, AttentionIntervention intervention, Answer answer);

    const ContentKey& key() const { return m_key; }
    const QuerySet& querySet() const { return m_set; }
    const Extent& extent() const { return m_extent; }
    /// What was taken away from the last layer's attention; empty where nothing was.
    const AttentionIntervention& intervention() const { return m_intervention; }

    /// False for inactive classes under `drop`.
    bool hasClass(int classIndex) const;
    bool isActive(int classIndex) const;
    /// The classes that have a logit, in the order of logits(): all of them, or under `drop` the active ones.
    const std::vector<int>& classes() const { return m_classes; }

    /// False where the classes are tokens of a bare backbone: their logits and probabilities mean nothing.
    bool hasLogits() const { return m_hasLogits; }
    const std::vector<float>& logits() const { return m_logits; }               ///< [classes().size()]
    const std::vector<float>& probabilities() const { return m_probabilities; } ///< softmax over logits()
    /// These and the maps below throw Error(BadArgument) for a class without a query, a layer or head that is not
    /// there.
    float logit(int classIndex) const;
    float probability(int classIndex) const;
    /// Positions in classes(), highest logit first, equal ones by class index; under `zero` inactive classes come last.
    const std::vector<int>& ranking() const { return m_ranking; }

    /// Softmax weights over the N cells, row by row, [N]; sum 1, but 0 for a head suppressed by hand. `layer` and
    /// `head` from 0.
    std::vector<float> attention(int layer, int head, int classIndex) const;
    /// The same before the softmax: scaled dot products. Attention by hand leaves them as they are, and with them the
    /// order of the heads.
    std::vector<float> scores(int layer, int head, int classIndex) const;
    /// What of that goes to tokens that are no cells; nothing where the sum is 1.
    MapSource::Shares shares(int layer, int head, int classIndex) const;
    /// Of a prototype's map what it finds and gives, after what was taken away by hand; none of attention, and for a
    /// head that the class has not.
    std::optional<MapSource::Part> part(int layer, int head, int classIndex) const;
    /// What AttentionIntervention counts: the heads or, where there is a tree, the prototypes of all its branches, on
    /// the picture's way or not.
    int removable() const;
    /// Shares of the last layer's map of one of these, counted like that, [N].
    std::vector<float> removableMap(int number, int classIndex) const;
    /// How alike any prototype of a tree, by its own number, is to each place, [N]; empty of other models. Throws
    /// Error(BadArgument) for one that is not there.
    std::vector<float> similarities(int prototype) const;
    /// The way through a tree; null of other models.
    const TreeAnswer* tree() const;
    /// Which patches the model went on with; null where none are left out.
    const KeptTokens* kept() const;
    /// What each cell by itself gives to the class, [N]; empty where a model does not add cells up.
    std::vector<float> cellScores(int classIndex) const;
    /// The heads that the class has: its own prototypes where maps are of these, else all of them.
    std::vector<int> ownHeads(int layer, int classIndex) const;
    /// Mean of the heads' attention, [N]; of a class's own prototypes where the maps are of these.
    std::vector<float> meanAttention(int layer, int classIndex) const;

    /// Heads by their peak score, highest first (INTR, section 4.1: peak of the un-normalised attention). Prototypes by
    /// what they give to the class's logit; those that the class has not are left out. A tree's branches as
    /// the picture comes to them. Taking something away by hand changes no order but the way through a tree.
    std::vector<int> rankHeads(int layer, int classIndex) const;

    /// Decoder output of a class after the final LayerNorm, [D].
    std::span<const float> output(int classIndex) const;

    /// What the last layer's cross-attention is added to, [D]: where an answer by hand starts.
    std::span<const float> state(int classIndex) const;

    /// What it holds in memory, the keys that it shares with the encoding and other decodings included.
    std::size_t bytes() const;

private:
    std::size_t query(int classIndex) const;    ///< its row in the arrays; throws Error(BadArgument) without one
    std::size_t position(int classIndex) const; ///< its place in logits()
    void requireMap(int layer, int head) const; ///< throws Error(BadArgument) where there is none
    bool isChanged(int classIndex) const { return m_changed && m_intervention.classIndex == classIndex; }
    bool isGone(int number) const; ///< as AttentionIntervention counts
    void rank();                   ///< probabilities and ranking of the logits

    ContentKey m_key;
    QuerySet m_set;
    Extent m_extent;
    std::vector<int> m_queryOfClass; ///< [C], -1 where there is none
    std::vector<int> m_classes;
    bool m_hasLogits = true;
    std::vector<float> m_logits;
    std::vector<float> m_probabilities;
    std::vector<int> m_ranking;
    std::shared_ptr<const Arrays> m_arrays;    // without the logits
    std::shared_ptr<const Arrays> m_untouched; // before anything was taken away by hand
    AttentionIntervention m_intervention;
    std::optional<Answer> m_changed;
};

} // namespace ocellus
