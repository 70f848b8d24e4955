// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace ocellus {

struct KeptTokens;
struct TreeAnswer;

/// What the maps of a decoding come from: each is made when it is asked for. Immutable: any thread may ask.
///
/// Layers, heads and computed queries are counted from 0 and checked by whoever asks.
class MapSource {
public:
    /// What of a map's weight goes to tokens that are no patches, each from 0 to 1.
    struct Shares {
        double prompts = 0; ///< other class prompts and its own
        double prefix = 0;  ///< [CLS], a distillation token, registers
    };

    /// What a class's answer is put together from.
    enum class PartKind {
        Prototype,       ///< of patches; a tree's node where Part::node tells which
        GlobalPrototype, ///< of the whole picture: its map is where the model looked for that
        Concept,         ///< that patches attend to
        GlobalConcept    ///< that the whole picture attends to: it has no place, and its map is even
    };

    /// What a map's prototype finds, and what that does for the class.
    struct Part {
        int prototype = 0;     ///< or concept; from 0, in the model's own order, each kind counted by itself
        int node = -1;         ///< of a tree
        double similarity = 0; ///< where it is greatest; of a tree's node the probability that it goes right; of a
                               ///< concept the attention to it, mean over heads and patches
        double weight = 0;     ///< in the class's logit; of a tree's node the probability that the picture reaches it
        PartKind kind = PartKind::Prototype;

        double contribution() const { return similarity * weight; }
        /// Of the same prototype, whatever that finds: what else would be compared is none of its doing.
        bool isSameAs(const Part& other) const
        {
            return prototype == other.prototype && node == other.node && kind == other.kind;
        }
        bool isGlobal() const { return kind == PartKind::GlobalPrototype || kind == PartKind::GlobalConcept; }
    };

    virtual ~MapSource() = default;

    /// Scores over the N cells before the softmax.
    virtual std::vector<float> scores(int layer, int head, int query) const = 0;
    /// Their softmax, over the cells alone or over all tokens that there are; of a prototype's similarities, counted
    /// from the least that there can be, their shares in the sum. All zeros for a head that the query has not.
    virtual std::vector<float> attention(int layer, int head, int query) const = 0;

    /// Nothing where a map's sum is 1.
    virtual Shares shares(int /*layer*/, int /*head*/, int /*query*/) const { return {}; }

    /// None where maps are no prototypes', or where the query has fewer of them than others.
    virtual std::optional<Part> part(int /*layer*/, int /*head*/, int /*query*/) const { return {}; }

    /// The way through a tree; null where there is none.
    virtual const TreeAnswer* tree() const { return nullptr; }

    /// How alike a prototype of a tree, by its own number, is to each cell, [N], whether a map is of it or not; empty
    /// of other sources.
    virtual std::vector<float> similarities(int /*prototype*/) const { return {}; }

    /// Which patches a model that leaves some out went on with; null where none are left out.
    virtual const KeptTokens* kept() const { return nullptr; }

    /// What each cell by itself would give to the query's logit, [N], of which the logit has the mean; empty where a
    /// model does not add cells up.
    virtual std::vector<float> cellScores(int /*query*/) const { return {}; }

    virtual std::size_t bytes() const = 0; ///< what it holds in memory, and may share
};

} // namespace ocellus
