// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include <QString>

#include "core/engine/engine.h"
#include "ui/figures/prototype_patch_reader.h"

namespace ocellus {

/// The patches of a model's prototypes for figures, each read once: those that lie beside the model, else those that
/// `ocellus-cli project` or the window has found before. Any thread may ask.
class PatchShelf {
public:
    explicit PatchShelf(const ModelDescription& model);

    /// Those that the class's maps show; null where the model has none.
    std::shared_ptr<const PrototypePatches> of(const Decoding& decoding, int layer, int classIndex) const;

    const QString& words() const { return m_words; } ///< as PrototypePatches has them; empty where there are none

private:
    std::map<int, PatchPlace> m_places;
    QString m_words;
    mutable std::mutex m_mutex; ///< of what follows
    mutable std::map<int, PrototypePatch> m_read;
};

} // namespace ocellus
