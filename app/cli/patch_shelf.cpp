// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/patch_shelf.h"

#include "core/base/error.h"
#include "core/projection/projection_cache.h"

namespace ocellus {

PatchShelf::PatchShelf(const ModelDescription& model) : m_places(patchPlaces(model))
{
    if (!hasPrototypes(model.config))
        return;
    if (!m_places.empty()) {
        m_words = PrototypePatchReader::words(model);
        return;
    }
    try {
        const std::string key = searchKey(model, searchPreprocess(model));
        const PrototypeProjection projection = readProjection(projectionFile(projectionCache(), key));
        if (projection.key != key)
            return;
        m_places = patchPlaces(projection);
        m_words = PrototypePatchReader::words(projection);
    } catch (const Error&) {
        // Nobody has searched for them yet.
    }
}

std::shared_ptr<const PrototypePatches> PatchShelf::of(const Decoding& decoding, int layer, int classIndex) const
{
    if (m_places.empty())
        return {};
    auto patches = std::make_shared<PrototypePatches>();
    patches->areThere = true;
    patches->words = m_words;
    const std::lock_guard lock(m_mutex);
    for (int head = 0; head < decoding.extent().heads; ++head) {
        const auto part = decoding.part(layer, head, classIndex);
        if (!part || part->kind != MapSource::PartKind::Prototype)
            continue;
        const auto place = m_places.find(part->prototype);
        if (place == m_places.end())
            continue;
        auto read = m_read.find(part->prototype);
        if (read == m_read.end())
            read = m_read.emplace(part->prototype, PrototypePatchReader::read(place->second)).first;
        patches->known.insert(*read);
    }
    return patches;
}

} // namespace ocellus
