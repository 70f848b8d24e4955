// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/edit_follower.h"

#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// Of the picture's area; a larger box reaches nearly all of the coarse grids, and a new trace costs no more.
constexpr double mostOfPicture = 0.4;

} // namespace

bool EditFollower::fits(const at::Tensor& image) const
{
    return m_trace &&
           m_trace->imageSize() == GridSize{static_cast<int>(image.size(2)), static_cast<int>(image.size(3))};
}

bool EditFollower::isSmall(const CellBox& changed) const
{
    const GridSize size = m_trace->imageSize();
    return changed.area() <= mostOfPicture * size.rows * size.columns;
}

at::Tensor EditFollower::run(const Backbone& backbone, const at::Tensor& image, const Progress& progress)
{
    if (!fits(image))
        return runWhole(backbone, image, progress);
    const CellBox changed = nearestChange(image);
    if (!isSmall(changed))
        return runWhole(backbone, image, progress);
    m_lastWasPartial = true;
    if (changed.empty())
        return m_trace->grid();
    m_change = m_trace->change(image, changed, progress);
    return m_trace->gridWith(*m_change);
}

at::Tensor EditFollower::pass(const Backbone& backbone, const at::Tensor& image, const Progress& progress)
{
    m_lastWasPartial = false;
    if (!fits(image))
        return backbone.run(image, progress);
    const CellBox changed = m_trace->changedBox(image);
    if (!isSmall(changed))
        return backbone.run(image, progress);
    m_lastWasPartial = true;
    return changed.empty() ? m_trace->grid() : m_trace->gridWith(m_trace->change(image, changed, progress));
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
