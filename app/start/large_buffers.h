// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// Lets malloc keep large buffers for the next layer instead of giving them back to the system; call it early in main.
///
/// The backbone makes and frees 61 MB at a time. By default glibc maps each of these anew, and the page faults cost a
/// sixth of a forward pass. Up to 1 GB that was in use stays with the process. Other threads than the main one gain
/// less: their arenas cannot hold buffers of that size.
void keepLargeBuffers();

} // namespace ocellus
