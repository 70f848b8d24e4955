// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace ocellus {

/// Where a state dict has the parts of a network with prototypes.
struct PrototypeNames {
    std::string features; ///< "features."
    std::string addOn;    ///< "add_on_layers."
    std::string vectors;  ///< "prototype_vectors"
};

} // namespace ocellus
