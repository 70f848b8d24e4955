// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace ocellus {

class TrainableNetwork;

/// Sets every parameter and buffer to what training from scratch starts with: Xavier for the Transformer's matrices and
/// N(0, 1) queries as in DETR, PyTorch's defaults for linear layers, He's fan-out normal for the backbone's
/// convolutions and neutral batch norms as in torchvision. The same seed gives the same values on every device.
void initialise(TrainableNetwork& network, std::uint64_t seed);

} // namespace ocellus
