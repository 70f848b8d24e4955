// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// What fixes a Concept Transformer (Rigotti et al., ICLR 2022) besides its Vision Transformer.
struct ConceptConfig {
    int ofPatches = 0; ///< "spatial" concepts, which patches attend to
    int ofPicture = 0; ///< concepts that the class token attends to
    int heads = 2;     ///< of that attention; the released code's setting of 12 never reached it

    bool operator==(const ConceptConfig&) const = default;
};

} // namespace ocellus
