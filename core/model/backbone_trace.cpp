// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/backbone_trace.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// From this many pixels a cell on, grids are small and a wider rim is dear: every one is kept.
constexpr int coarseStride = 16;

/// A box that covers more of its grid is taken for all of it.
constexpr double mostOfGrid = 0.6;

at::Tensor window(const at::Tensor& grid, const CellBox& box)
{
    return grid.narrow(2, box.y0, box.y1 - box.y0).narrow(3, box.x0, box.x1 - box.x0);
}

CellBox intersection(const CellBox& a, const CellBox& b)
{
    return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

CellBox relativeTo(const CellBox& box, int x, int y)
{
    return {box.x0 - x, box.y0 - y, box.x1 - x, box.y1 - y};
}

CellBox wholeOf(GridSize size)
{
    return {0, 0, size.columns, size.rows};
}

GridSize sizeOf(const at::Tensor& grid)
{
    return {static_cast<int>(grid.size(2)), static_cast<int>(grid.size(3))};
}

std::string text(const CellBox& box)
{
    return "(" + std::to_string(box.x0) + ", " + std::to_string(box.y0) + ")-(" + std::to_string(box.x1) + ", " +
           std::to_string(box.y1) + ")";
}

/// First and last true element of a row of booleans, as [begin, end).
std::pair<int, int> extent(const at::Tensor& flags)
{
    const at::Tensor places = flags.nonzero().to(at::kCPU);
    if (places.numel() == 0)
        return {0, 0};
    return {static_cast<int>(places[0].item<std::int64_t>()), static_cast<int>(places[-1].item<std::int64_t>()) + 1};
}

/// The smallest box around what is true in any channel.
CellBox boxOf(const at::Tensor& flags)
{
    const at::Tensor lines = flags.reshape({-1, flags.size(3)});
    const auto [left, right] = extent(lines.any(0));
    const auto [top, bottom] = extent(lines.any(1).view({-1, flags.size(2)}).any(0));
    return {left, top, right, bottom};
}

} // namespace

BackboneTrace::BackboneTrace(const Backbone& backbone, const at::Tensor& image, const Progress& progress)
    : m_backbone(&backbone),
      m_sizes{sizeOf(image)},
      m_grids{image.clone(at::MemoryFormat::Contiguous)}
{
    const BackbonePlan& plan = backbone.plan();
    at::Tensor x = image.contiguous(at::MemoryFormat::ChannelsLast);
    int stride = 1;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        x = backbone.runBlocks(i, i + 1, x, progress);
        m_sizes.push_back(sizeOf(x));
        const int blockStride = strideOf(plan[i]);
        stride *= blockStride;
        if (blockStride > 1 || stride >= coarseStride || i + 1 == plan.size()) {
            m_segments.push_back({begin, i + 1});
            m_grids.push_back(x);
            begin = i + 1;
        }
    }
}

CellBox BackboneTrace::changedBox(const at::Tensor& image) const
{
    return boxOf(m_grids.front().ne(image));
}

CellBox BackboneTrace::changedBox(const at::Tensor& image, const Change& change) const
{
    const at::Tensor differs = m_grids.front().ne(image);
    const Patch& patch = change.patches.front();
    window(differs, patch.box).copy_(patch.values.ne(window(image, patch.box)));
    return boxOf(differs);
}

BackboneTrace::Change BackboneTrace::change(const at::Tensor& image, const CellBox& changed,
                                            const Progress& progress) const
{
    const CellBox whole = wholeOf(imageSize());
    if (sizeOf(image) != imageSize())
        throw Error(ErrorCode::BadArgument, "picture",
                    "expected the size of the one before, " + text(whole) + ", got " + text(wholeOf(sizeOf(image))));
    if (changed.empty() || intersection(changed, whole) != changed)
        throw Error(ErrorCode::BadArgument, "changed box",
                    "expected a box inside the picture, " + text(whole) + ", got " + text(changed));
    Change result{{{changed, window(image, changed).clone()}}};
    CellBox reached = changed;
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        reached = reachOf(reached, m_segments[i]);
        if (reached.empty())
            break;
        const CellBox all = wholeOf(m_sizes[m_segments[i].end]);
        const bool most = reached.area() > mostOfGrid * all.area();
        result.patches.push_back(runSegment(i, result.patches.back(), most ? all : reached, progress));
    }
    return result;
}

CellBox BackboneTrace::reachOf(const CellBox& changed, const Segment& segment) const
{
    CellBox reached = changed;
    for (std::size_t b = segment.begin; b < segment.end; ++b)
        reached = reachedFrom(reached, m_backbone->plan()[b], m_sizes[b]);
    return reached;
}

/// Cuts so much of the segment's input that only real neighbours decide the cells wanted. The convolutions pad the cut
/// with zeros: at the picture's edges that is right, and elsewhere it spoils a rim that is thrown away.
BackboneTrace::Patch BackboneTrace::runSegment(std::size_t index, const Patch& input, const CellBox& wanted,
                                               const Progress& progress) const
{
    const Segment& segment = m_segments[index];
    const BackbonePlan& plan = m_backbone->plan();
    CellBox needed = wanted;
    int stride = 1;
    for (std::size_t b = segment.end; b-- > segment.begin;) {
        needed = neededFor(needed, plan[b], m_sizes[b]);
        stride *= strideOf(plan[b]);
    }
    // The cut's first cell must be one on which a cell of the output is centred.
    needed.x0 -= needed.x0 % stride;
    needed.y0 -= needed.y0 % stride;
    const at::Tensor output = m_backbone->runBlocks(segment.begin, segment.end, cut(index, needed, input), progress);
    return {wanted, window(output, relativeTo(wanted, needed.x0 / stride, needed.y0 / stride))};
}

/// The cells of a kept grid with the patch in place, channels last.
at::Tensor BackboneTrace::cut(std::size_t grid, const CellBox& box, const Patch& patch) const
{
    at::Tensor cells = window(m_grids[grid], box).clone(at::MemoryFormat::ChannelsLast);
    const CellBox shared = intersection(box, patch.box);
    if (!shared.empty())
        window(cells, relativeTo(shared, box.x0, box.y0))
            .copy_(window(patch.values, relativeTo(shared, patch.box.x0, patch.box.y0)));
    return cells;
}

at::Tensor BackboneTrace::gridWith(const Change& change) const
{
    at::Tensor result = grid().clone();
    if (change.patches.size() == m_grids.size())
        window(result, change.patches.back().box).copy_(change.patches.back().values);
    return result;
}

void BackboneTrace::apply(Change& change)
{
    for (std::size_t i = 0; i < change.patches.size(); ++i) {
        Patch& patch = change.patches[i];
        const at::Tensor kept = window(m_grids[i], patch.box);
        const at::Tensor before = kept.clone();
        kept.copy_(patch.values);
        patch.values = before;
    }
}

std::size_t BackboneTrace::Change::bytes() const
{
    std::size_t sum = 0;
    for (const Patch& patch : patches)
        sum += patch.values.storage().nbytes();
    return sum;
}

std::size_t BackboneTrace::bytes() const
{
    std::size_t sum = 0;
    for (const at::Tensor& grid : m_grids)
        sum += grid.nbytes();
    return sum;
}

} // namespace ocellus
