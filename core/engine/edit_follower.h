// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>

#include "core/model/backbone_trace.h"

namespace ocellus {

/// Runs the backbone on one picture after another, and where a picture differs from one of the last two in a box only,
/// computes only what the box can reach.
///
/// It finds the box by comparing pixels, so nobody can name a wrong one. It keeps the trace of one picture and the
/// changes that lead to the next: tries on one picture each start from that picture, and strokes upon strokes each from
/// the stroke before.
class EditFollower {
public:
    /// `image` [1, 3, H, W], of the backbone's device and type -> the backbone's output, valid until the next call.
    /// Throws Error(Cancelled); the next call gives the same numbers as without that one.
    at::Tensor run(const Backbone& backbone, const at::Tensor& image, const Progress& progress);

    /// The same, leaving the trace as it is; only what differs from the trace's own picture can be small.
    at::Tensor pass(const Backbone& backbone, const at::Tensor& image, const Progress& progress);

    /// Of run() or pass().
    bool lastWasPartial() const { return m_lastWasPartial; }

    /// Before the backbone goes.
    void forget();

    std::size_t bytes() const;

private:
    bool fits(const at::Tensor& image) const;
    bool isSmall(const CellBox& changed) const;
    CellBox nearestChange(const at::Tensor& image);
    at::Tensor runWhole(const Backbone& backbone, const at::Tensor& image, const Progress& progress);

    std::optional<BackboneTrace> m_trace;
    std::optional<BackboneTrace::Change> m_change; // from the trace's picture to the last one
    bool m_lastWasPartial = false;
};

} // namespace ocellus
