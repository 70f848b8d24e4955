// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <vector>

namespace ocellus {

class Decoding;

/// What is taken away from one class's last-layer cross-attention, to see what its logit owes to it (INTR, section
/// 4.2, after Serrano and Smith, arXiv 1906.03731).
///
/// - Of a ProtoPNet or ProtoPFormer heads are the class's own prototypes: one that is taken away finds nothing, for no
///   class, and one that loses cells is looked for in the others alone.
/// - Of a ProtoTree heads are the prototypes of all its branches by their own numbers, on the picture's way or not: one
///   that is taken away has similarity 0 everywhere, so that the picture goes left there, as where it is absent; one
///   that loses cells is looked for in the others alone. Leaves, the way and every class's probability follow.
/// - Of a Concept Transformer heads are the concepts: attention to one that is taken away is 0, everywhere or in the
///   cells that it loses. What is left is not renormalised over the other concepts: as with heads, these say what they
///   said, and the logit loses what the concept gave.
///
/// Cells are counted on the grid of one decoding, which the value names: on a grid of another shape the same numbers
/// mean other places, so it is refused there.
struct AttentionIntervention {
    int classIndex = -1;    ///< the model's own index; -1: nothing is taken away
    std::vector<int> heads; ///< these contribute nothing to the class; ascending, from 0
    /// By head, ascending: cells (row * columns + column) of weight 0, of attention the others renormalised to the
    /// sum 1. A head without a cell left contributes nothing. What `heads` names too is gone whatever its cells.
    std::map<int, std::vector<int>> cells;
    /// The grid that `cells` are counted on; 0 where there are none.
    int rows = 0, columns = 0;

    bool empty() const;
    bool hasCells() const; ///< of any head
    bool operator==(const AttentionIntervention&) const = default;

    /// True where nothing is left of a head with so many cells.
    bool suppressesHead(int head, int cellCount) const;
};

/// The class's weights in the last layer after the intervention, [R, N]: a head that it leaves alone keeps its bits,
/// one that it suppresses has nothing but zeros. Throws as validate() does.
std::vector<float> intervenedAttention(const AttentionIntervention& intervention, const Decoding& decoding);

/// Throws Error(BadArgument): a class without a logit in `decoding` (inactive under `drop`), a head or a cell that it
/// has not, cells of a grid of another shape, or indices that are not ascending; and for a plain classifier, which has
/// no attention.
void validate(const AttentionIntervention& intervention, const Decoding& decoding);

} // namespace ocellus
