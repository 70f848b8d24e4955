// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/prototype_patch_loader.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/projection/projection_cache.h"

namespace ocellus {

PrototypePatchLoader::PrototypePatchLoader(QObject* parent) : QObject(parent) {}

void PrototypePatchLoader::setModel(const std::optional<ModelDescription>& model)
{
    m_remembering.drop();
    m_reading.drop();
    m_places.clear();
    m_wanted.clear();
    m_patches.reset();
    if (!model || model->offer.mapKind == MapKind::Head)
        return;
    setPlaces(patchPlaces(*model), PrototypePatchReader::words(*model));
    if (m_places.empty() && hasPrototypes(model->config))
        remember(*model);
}

void PrototypePatchLoader::remember(const ModelDescription& model)
{
    using Known = std::shared_ptr<const PrototypeProjection>;
    const std::string key = searchKey(model, searchPreprocess(model));
    m_remembering.read<Known>(
        Step::Picture,
        [key, cache = projectionCache()]() -> Known {
            PrototypeProjection projection = readProjection(projectionFile(cache, key));
            return projection.key == key ? std::make_shared<const PrototypeProjection>(std::move(projection)) : nullptr;
        },
        [this](const Known& known) {
            if (known)
                setProjection(known);
        },
        [](const Failure&) {}); // there is none yet, or it is damaged: one can be made
}

void PrototypePatchLoader::setProjection(const std::shared_ptr<const PrototypeProjection>& projection)
{
    m_remembering.drop();
    if (!m_patches)
        return;
    setPlaces(patchPlaces(*projection), PrototypePatchReader::words(*projection));
    readNext();
    emit changed();
}

void PrototypePatchLoader::setPlaces(std::map<int, PatchPlace> places, const QString& words)
{
    m_reading.drop();
    m_places = std::move(places);
    auto patches = std::make_shared<PrototypePatches>();
    patches->areThere = !m_places.empty();
    patches->words = words;
    m_patches = std::move(patches);
}

void PrototypePatchLoader::want(const std::vector<int>& prototypes)
{
    if (prototypes == m_wanted || !m_patches)
        return;
    m_wanted = prototypes;
    readNext();
}

void PrototypePatchLoader::readNext()
{
    std::map<int, PatchPlace> missing;
    Patches absent;
    for (const int prototype : m_wanted) {
        if (missing.size() >= AtOnce)
            break;
        if (m_patches->known.contains(prototype))
            continue;
        if (const auto found = m_places.find(prototype); found != m_places.end())
            missing.insert(*found);
        else if (m_patches->areThere)
            absent[prototype].problem = tr("It has no picture.");
    }
    // What is wanted is there: the others may be next, as far as there is room.
    for (auto other = m_places.begin();
         other != m_places.end() && missing.size() < AtOnce && m_patches->known.size() + missing.size() < Most / 2;
         ++other)
        if (!m_patches->known.contains(other->first))
            missing.insert(*other);
    if (missing.empty() && absent.empty()) {
        m_reading.drop();
        return;
    }
    m_reading.read<Patches>(
        Step::Picture,
        [missing, absent] {
            Patches read = absent;
            for (const auto& [prototype, place] : missing)
                read.emplace(prototype, PrototypePatchReader::read(place));
            return read;
        },
        [this](const Patches& read) { take(read); }, [](const Failure&) {});
}

void PrototypePatchLoader::take(const Patches& read)
{
    auto patches = std::make_shared<PrototypePatches>(*m_patches);
    patches->known.insert(read.begin(), read.end());
    if (patches->known.size() > Most)
        std::erase_if(patches->known,
                      [this](const auto& entry) { return std::ranges::find(m_wanted, entry.first) == m_wanted.end(); });
    m_patches = std::move(patches);
    readNext();
    emit changed();
}

} // namespace ocellus
