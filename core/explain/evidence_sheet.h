// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/explain/finding.h"

namespace ocellus {

/// One of the maps of a class in a picture: of a source, and of one of its heads where it has several.
struct EvidenceMap {
    std::string source; ///< as toString(SourceText): "heads", "gradcam:stage=layer3"
    int head = -1;      ///< from 0; -1: the source has one map

    auto operator<=>(const EvidenceMap&) const = default;
};

/// As programs name it: "head 3", "mean", "gradcam", "gradient-attention:head=each head 3".
std::string toString(const EvidenceMap& map);

/// Whether it is read off the decoding of one of its layers, which other maps do not depend on.
bool isOfLayer(const EvidenceMap& map);

/// What was found out about the maps of one class in one picture.
class EvidenceSheet {
public:
    struct Row {
        EvidenceMap map;
        Finding finding;
    };

    /// Takes the place of what the same test of that map came to before.
    void add(const EvidenceMap& map, Finding finding);

    bool isEmpty() const { return m_rows.empty(); }
    const std::vector<Row>& rows() const { return m_rows; } ///< in the order in which they came
    std::vector<EvidenceMap> maps() const;                  ///< that were tested, ascending
    /// Null where it was not tested so.
    const Finding* finding(const EvidenceMap& map, EvidenceTest test) const;

    /// Over how many maps a test is corrected: the heads of a source, tested or not, or the one map that it has.
    std::size_t family(const EvidenceMap& map) const;
    void setHeads(int heads) { m_heads = heads; }
    int heads() const { return m_heads; }

    /// What users call the model's own maps, by head: "prototype 12". Empty where they are heads.
    void setHeadNames(std::vector<std::string> names) { m_headNames = std::move(names); }
    bool areHeads() const { return m_headNames.empty(); }
    /// Empty where nobody said.
    std::string headName(int head) const;

    /// What users call what makes the map: "Grad-CAM", "Grad-CAM, stage=layer3"; as it is written where nobody said.
    std::string nameOf(const EvidenceMap& map) const;
    void setName(const std::string& source, std::string name) { m_names[source] = std::move(name); }

    /// By Holm over the family, where a map that was not tested counts as one that failed: so what is supported stays
    /// so when the others come. 1 where the map itself was not tested.
    double correctedP(const EvidenceMap& map, EvidenceTest test) const;
    EvidenceVerdict verdict(const EvidenceMap& map, EvidenceTest test) const;
    /// Of the map as a whole: that of covering what it shows.
    EvidenceVerdict verdict(const EvidenceMap& map) const { return verdict(map, EvidenceTest::Cover); }

private:
    std::vector<Row> m_rows;
    std::map<std::string, std::string> m_names; ///< by EvidenceMap::source
    std::vector<std::string> m_headNames;
    int m_heads = 0;
};

} // namespace ocellus
