// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/base/progress.h"
#include "core/model/backbone.h"
#include "core/model/backbone_reach.h"

namespace ocellus {

/// What the backbone made of a picture on its way, so that after a small change only what that can reach is computed
/// again.
///
/// Kept are the picture, every grid that is at least as coarse as 16 pixels a cell, and of the finer, larger ones those
/// of the blocks that coarsen: what lies between is computed again with a wider rim, which costs little there. For
/// ResNet-50 at 800x1200 that is 173 MB, and a change of 64x64 pixels another 13 MB.
class BackboneTrace {
public:
    /// Cells of one kept grid.
    struct Patch {
        CellBox box;
        at::Tensor values; ///< [1, channels, box's rows, box's columns]
    };

    /// What a change of the picture makes of the kept grids, from the picture on; ends before the first grid that it
    /// does not reach.
    struct Change {
        std::vector<Patch> patches;

        std::size_t bytes() const;
    };

    /// Runs the whole `image` [1, 3, H, W], of the backbone's device and type, and keeps a copy of it.
    /// Throws Error(Cancelled). `backbone` outlives this object.
    BackboneTrace(const Backbone& backbone, const at::Tensor& image, const Progress& progress);

    GridSize imageSize() const { return m_sizes.front(); }

    /// The backbone's output, [1, channels, h, w]. The next apply() writes into it.
    const at::Tensor& grid() const { return m_grids.back(); }

    /// The smallest box of pixels outside of which `image`, of the same size, equals the kept picture; empty where it
    /// equals it everywhere.
    CellBox changedBox(const at::Tensor& image) const;

    /// The same against the kept picture with the change.
    CellBox changedBox(const at::Tensor& image, const Change& change) const;

    /// Computes what follows from exchanging the pixels in `changed` for those of `image`, and keeps the trace as it
    /// is. Equals a full pass but for rounding.
    /// Throws Error: BadArgument for another size or a box that is empty or reaches beyond the picture, Cancelled.
    Change change(const at::Tensor& image, const CellBox& changed, const Progress& progress) const;

    /// The backbone's output with the change, a copy.
    at::Tensor gridWith(const Change& change) const;

    /// Exchanges the kept cells for the change's: the trace is that of the changed picture then, and the change leads
    /// back. Only for a change that was made from the trace as it is.
    void apply(Change& change);

    std::size_t bytes() const;

private:
    /// Blocks between two kept grids, [begin, end).
    struct Segment {
        std::size_t begin, end;
    };

    Patch runSegment(std::size_t segment, const Patch& input, const CellBox& wanted, const Progress& progress) const;
    at::Tensor cut(std::size_t grid, const CellBox& box, const Patch& patch) const;
    CellBox reachOf(const CellBox& changed, const Segment& segment) const;

    const Backbone* m_backbone;
    std::vector<GridSize> m_sizes;   // before each block, and of the last grid
    std::vector<Segment> m_segments; // segment i leads from grid i to grid i + 1
    std::vector<at::Tensor> m_grids; // the picture, then each segment's output
};

} // namespace ocellus
