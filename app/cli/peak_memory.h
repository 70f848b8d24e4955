// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// The most memory that this process had at any time (resident set), in MiB.
double peakMegabytes();

} // namespace ocellus
