// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>

#include "core/engine/engine.h"
#include "ui/engine/newest_reading.h"
#include "ui/figures/prototype_patch_reader.h"

namespace ocellus {

/// Reads the pictures of prototypes that are shown, a few at a time on a thread of its own, and keeps them small.
class PrototypePatchLoader : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t Most = 400;  ///< that are kept; those that are not wanted go first
    static constexpr std::size_t AtOnce = 16; ///< that are read before they are shown

    explicit PrototypePatchLoader(QObject* parent = nullptr);

    /// The pictures are another model's from now on; none's where there is no model, or where its maps are of heads.
    /// Where none lie beside it, those that a search found before are looked for in projectionCache().
    void setModel(const std::optional<ModelDescription>& model);
    /// What a search of that model found, in place of all pictures.
    void setProjection(const std::shared_ptr<const PrototypeProjection>& projection);
    /// The prototypes that are shown, the most important one first; in place of those of before.
    void want(const std::vector<int>& prototypes);
    /// Null where the model has no prototypes.
    const std::shared_ptr<const PrototypePatches>& patches() const { return m_patches; }

signals:
    void changed(); ///< patches() has more, or others

private:
    using Patches = std::map<int, PrototypePatch>;

    void setPlaces(std::map<int, PatchPlace> places, const QString& words);
    void remember(const ModelDescription& model);
    void readNext();
    void take(const Patches& read);

    std::map<int, PatchPlace> m_places;
    std::vector<int> m_wanted;
    std::shared_ptr<const PrototypePatches> m_patches;
    NewestReading m_remembering{this};
    NewestReading m_reading{this}; // last, with that before: their threads go first
};

} // namespace ocellus
