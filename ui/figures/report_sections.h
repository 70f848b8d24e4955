// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/edit_comparison.h"
#include "ui/figures/map_matrix.h"
#include "ui/figures/report_writer.h"

namespace ocellus {

/// What the model says about one class of a picture, as the window shows it: the heads' figure, and the best classes.
/// Throws Error(BadArgument) for an explanation without a decoding or a picture.
ReportSection sectionOf(const Explanation& explanation, const QStringList& classNames);

/// What edits changed: the picture before, after and as a difference, where the edits are, what they do in words, the
/// maps of all heads, and the tables of effects. Throws the same error.
ReportSection sectionOf(const EditComparison& comparison);

/// A comparison as its page shows it: the table of maps as one figure, and what must be known of it. Throws
/// Error(BadArgument) for one without maps.
ReportSection sectionOf(const MapMatrix& matrix);

} // namespace ocellus
