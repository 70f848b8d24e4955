// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/map_names.h"

#include <algorithm>

#include <QStringList>

namespace ocellus {

MapNames::MapNames(const Decoding& decoding, int layer, int classIndex)
{
    if (!decoding.hasClass(classIndex) || layer < 0 || layer >= decoding.extent().layers)
        return;
    for (int head = 0; head < decoding.extent().heads; ++head)
        m_parts.push_back(decoding.part(layer, head, classIndex));
    if (std::ranges::any_of(m_parts, [](const auto& part) { return part.has_value(); }))
        m_kind = MapKind::Prototype; // or another kind of them: each says itself which
    else
        m_parts.clear();
}

QString MapNames::nameOf(const MapSource::Part& part)
{
    switch (part.kind) {
    case MapSource::PartKind::GlobalPrototype: return tr("global prototype %1").arg(part.prototype);
    case MapSource::PartKind::Concept: return tr("concept %1").arg(part.prototype);
    case MapSource::PartKind::GlobalConcept: return tr("global concept %1").arg(part.prototype);
    case MapSource::PartKind::Prototype: break;
    }
    return part.node < 0 ? tr("prototype %1").arg(part.prototype) : tr("node %1").arg(part.node);
}

QString MapNames::name(int head) const
{
    const auto place = static_cast<std::size_t>(head);
    if (place < m_parts.size() && m_parts[place])
        return nameOf(*m_parts[place]);
    switch (m_kind) {
    case MapKind::Prototype: return tr("the class's prototype %1").arg(head + 1);
    case MapKind::Node: return tr("node %1 of the way").arg(head + 1);
    case MapKind::Concept: return tr("concept %1").arg(head);
    case MapKind::Head: break;
    }
    return tr("head %1").arg(head + 1);
}

QString MapNames::names(const std::vector<int>& heads) const
{
    QStringList all;
    for (const int head : heads)
        all << (areHeads() && heads.size() > 1 ? QString::number(head + 1) : name(head));
    const QString list = all.join(tr(", "));
    return areHeads() && heads.size() > 1 ? tr("heads %1").arg(list) : list;
}

std::vector<std::string> MapNames::all() const
{
    std::vector<std::string> names;
    for (std::size_t head = 0; head < m_parts.size(); ++head)
        names.push_back(name(static_cast<int>(head)).toStdString());
    return names;
}

} // namespace ocellus
