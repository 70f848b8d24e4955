// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QCoreApplication>
#include <QString>

#include "core/engine/decoding.h"
#include "core/model/model_offer.h"

namespace ocellus {

/// What the maps of a class are called within a sentence: heads by their place, prototypes, nodes and concepts by their
/// model's own numbers, as FigureText::part() does where a line begins.
class MapNames {
    Q_DECLARE_TR_FUNCTIONS(ocellus::MapNames)

public:
    MapNames() = default; ///< heads
    /// Of a layer's maps of one class; heads where the decoding has no such class or layer.
    MapNames(const Decoding& decoding, int layer, int classIndex);
    /// Of any class: "the class's prototype 2", counted from 1.
    explicit MapNames(MapKind kind) : m_kind(kind) {}

    MapKind kind() const { return m_kind; }
    /// Of what AttentionIntervention counts, by that: of a tree all its branches.
    static MapNames ofRemovable(const Decoding& decoding, int classIndex);
    /// The same without an answer: of a tree "the tree's prototype 2", counted from 0 as the model does.
    static MapNames ofRemovable(MapKind kind);

    bool areHeads() const { return m_kind == MapKind::Head; }
    QString name(int head) const;   ///< "head 3", "prototype 12"
    QString number(int head) const; ///< "3", "12"
    /// The same where a line begins: "Head 3".
    QString label(int head) const;
    /// "heads 3, 4", "prototype 12, prototype 14"; not empty.
    QString names(const std::vector<int>& heads) const;
    /// By head, UTF-8; empty where they are heads.
    std::vector<std::string> all() const;

    static QString one(MapKind kind);     ///< "head"
    static QString many(MapKind kind);    ///< "heads"
    static QString heading(MapKind kind); ///< "Heads"
    static QString mean(MapKind kind);    ///< "Mean of heads"
    /// What a source of maps is called, where those of the id "heads" and "mean" are of the model's own maps.
    static QString source(const std::string& id, const std::string& name, MapKind kind);

private:
    static QString nameOf(const MapSource::Part& part);

    MapKind m_kind = MapKind::Head;
    bool m_byPrototype = false; ///< of a tree: numbers are those of its prototypes, not places on the way
    std::vector<std::optional<MapSource::Part>> m_parts;
};

} // namespace ocellus
