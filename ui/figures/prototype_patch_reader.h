// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include <QCoreApplication>

#include "core/engine/engine.h"
#include "core/projection/prototype_projection.h"
#include "ui/figures/prototype_patches.h"

namespace ocellus {

/// Where a prototype's patch is to be had.
struct PatchPlace {
    PrototypePicture picture; ///< without `patch` it is cut out of `original`
    std::string sha256;       ///< of that, as SearchedPicture has it; empty: whatever it is by now
    bool isNearest = false;   ///< as PrototypePatch
    QString from;             ///< the same
};

/// Those that lie beside the model, as its training program or writePublishedForm() left them.
std::map<int, PatchPlace> patchPlaces(const ModelDescription& model);
/// Those of a search.
std::map<int, PatchPlace> patchPlaces(const PrototypeProjection& projection);

/// Reads patches and tells where they are from.
class PrototypePatchReader {
    Q_DECLARE_TR_FUNCTIONS(ocellus::PrototypePatchReader)

public:
    static constexpr int Side = 192; ///< pixels of the longer side of what is kept

    /// On any thread; what cannot be read is a problem of the patch.
    static PrototypePatch read(const PatchPlace& place);

    /// Why prototypes have no pictures, with what helps; of some that a search has left beside the model, what they
    /// are; empty where they are those of a push.
    static QString words(const ModelDescription& model);
    /// Which patches are shown, how alike they are, and whether they are the prototypes.
    static QString words(const PrototypeProjection& projection);
};

} // namespace ocellus
