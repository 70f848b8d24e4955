// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/map_names.h"

#include <algorithm>

#include <QStringList>

#include "core/engine/tree_answer.h"
#include "ui/figures/shown_text.h"

namespace ocellus {

MapNames::MapNames(const Decoding& decoding, int layer, int classIndex)
{
    if (!decoding.hasClass(classIndex) || layer < 0 || layer >= decoding.extent().layers)
        return;
    for (int head = 0; head < decoding.extent().heads; ++head)
        m_parts.push_back(decoding.part(layer, head, classIndex));
    const auto first = std::ranges::find_if(m_parts, [](const auto& part) { return part.has_value(); });
    if (first == m_parts.end()) {
        m_parts.clear();
        return;
    }
    const bool isConcept =
        (*first)->kind == MapSource::PartKind::Concept || (*first)->kind == MapSource::PartKind::GlobalConcept;
    m_kind = isConcept ? MapKind::Concept : (*first)->node < 0 ? MapKind::Prototype : MapKind::Node;
}

MapNames MapNames::ofRemovable(const Decoding& decoding, int classIndex)
{
    MapNames names(decoding, decoding.extent().layers - 1, classIndex);
    const TreeAnswer* const tree = decoding.tree();
    if (!tree)
        return names;
    names.m_kind = MapKind::Node;
    names.m_byPrototype = true;
    names.m_parts.assign(static_cast<std::size_t>(decoding.removable()), std::nullopt);
    for (const TreeAnswer::Node& node : tree->nodes)
        if (!node.isLeaf())
            names.m_parts[static_cast<std::size_t>(node.prototype)] = MapSource::Part{node.prototype, node.index};
    return names;
}

MapNames MapNames::ofRemovable(MapKind kind)
{
    MapNames names(kind);
    names.m_byPrototype = true;
    return names;
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
    case MapKind::Node:
        return m_byPrototype ? tr("the tree's prototype %1").arg(head) : tr("node %1 of the way").arg(head + 1);
    case MapKind::Concept: return tr("concept %1").arg(head);
    case MapKind::Head: break;
    }
    return tr("head %1").arg(head + 1);
}

QString MapNames::number(int head) const
{
    const auto place = static_cast<std::size_t>(head);
    if (place >= m_parts.size() || !m_parts[place])
        return QString::number(head + 1);
    const MapSource::Part& part = *m_parts[place];
    return QString::number(part.node < 0 ? part.prototype : part.node);
}

QString MapNames::label(int head) const
{
    return atBeginning(name(head));
}

QString MapNames::one(MapKind kind)
{
    switch (kind) {
    case MapKind::Prototype: return tr("prototype");
    case MapKind::Node: return tr("node");
    case MapKind::Concept: return tr("concept");
    case MapKind::Head: break;
    }
    return tr("head");
}

QString MapNames::many(MapKind kind)
{
    switch (kind) {
    case MapKind::Prototype: return tr("prototypes");
    case MapKind::Node: return tr("nodes");
    case MapKind::Concept: return tr("concepts");
    case MapKind::Head: break;
    }
    return tr("heads");
}

QString MapNames::heading(MapKind kind)
{
    return atBeginning(many(kind));
}

QString MapNames::mean(MapKind kind)
{
    return tr("Mean of %1").arg(many(kind));
}

QString MapNames::source(const std::string& id, const std::string& name, MapKind kind)
{
    return id == "heads" ? heading(kind) : id == "mean" ? mean(kind) : QString::fromStdString(name);
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
