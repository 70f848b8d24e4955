// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/edit_follower.h"

#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// Of the picture's area; a larger box reaches nearly all of the coarse grids, and a new trace costs no more.
constexpr double mostOfPicture = 0.4;

} // namespace

at::Tensor EditFollower::run(const Backbone& backbone, const at::Tensor& image, const Progress& progress)
{
    if (!m_trace || m_trace->imageSize() != GridSize{static_cast<int>(image.size(2)), static_cast<int>(image.size(3))})
        return runWhole(backbone, image, progress);
    const CellBox changed = nearestChange(image);
    const GridSize size = m_trace->imageSize();
    if (changed.area() > mostOfPicture * size.rows * size.columns)
        return runWhole(backbone, image, progress);
    m_lastWasPartial = true;
    if (changed.empty())
        return m_trace->grid();
    m_change = m_trace->change(image, changed, progress);
    return m_trace->gridWith(*m_change);
}

/// Leaves the trace at the nearer of the two pictures.
CellBox EditFollower::nearestChange(const at::Tensor& image)
{
    const CellBox fromTrace = m_trace->changedBox(image);
    if (!m_change)
        return fromTrace;
    const CellBox fromChanged = m_trace->changedBox(image, *m_change);
    const bool stays = fromTrace.area() <= fromChanged.area();
    if (!stays)
        m_trace->apply(*m_change);
    m_change.reset();
    return stays ? fromTrace : fromChanged;
}

/// The trace before goes first: two of them would be the largest thing in memory.
at::Tensor EditFollower::runWhole(const Backbone& backbone, const at::Tensor& image, const Progress& progress)
{
    forget();
    m_trace.emplace(backbone, image, progress);
    return m_trace->grid();
}

void EditFollower::forget()
{
    m_change.reset();
    m_trace.reset();
    m_lastWasPartial = false;
}

std::size_t EditFollower::bytes() const
{
    return (m_trace ? m_trace->bytes() : 0) + (m_change ? m_change->bytes() : 0);
}

} // namespace ocellus
