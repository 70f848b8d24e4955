// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/explain/finding.h"

namespace ocellus {

/// One of the maps of a class in a picture: of a source, and of one of its heads where it has several.
struct EvidenceMap {
    std::string source; ///< the id in the table of sources: "heads"
    int head = -1;      ///< from 0; -1: the source has one map

    auto operator<=>(const EvidenceMap&) const = default;
};

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

    /// By Holm over the family, where a map that was not tested counts as one that failed: so what is supported stays
    /// so when the others come. 1 where the map itself was not tested.
    double correctedP(const EvidenceMap& map, EvidenceTest test) const;
    EvidenceVerdict verdict(const EvidenceMap& map, EvidenceTest test) const;
    /// Of the map as a whole: that of covering what it shows.
    EvidenceVerdict verdict(const EvidenceMap& map) const { return verdict(map, EvidenceTest::Cover); }

private:
    std::vector<Row> m_rows;
    int m_heads = 0;
};

} // namespace ocellus
