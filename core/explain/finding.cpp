// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/finding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace ocellus {

namespace {

constexpr double significant = 0.05;

constexpr std::array tests{EvidenceTest::Importance, EvidenceTest::Cover, EvidenceTest::Deletion,
                           EvidenceTest::Insertion, EvidenceTest::Pointing};

/// Of what may be on either side of 0, a value below speaks against the map, whatever the nulls are.
bool isOnGoodSide(const Finding& finding)
{
    const bool hasSides = finding.test == EvidenceTest::Importance || finding.test == EvidenceTest::Cover;
    return !hasSides || finding.value > 0;
}

} // namespace

std::string_view toString(EvidenceTest test)
{
    switch (test) {
    case EvidenceTest::Importance: return "importance";
    case EvidenceTest::Cover: return "cover";
    case EvidenceTest::Deletion: return "deletion";
    case EvidenceTest::Insertion: return "insertion";
    case EvidenceTest::Pointing: return "pointing";
    }
    return "unknown";
}

std::optional<EvidenceTest> evidenceTestOf(std::string_view name)
{
    const auto found = std::ranges::find_if(tests, [name](EvidenceTest test) { return toString(test) == name; });
    return found == tests.end() ? std::nullopt : std::optional(*found);
}

std::string_view toString(EvidenceVerdict verdict)
{
    switch (verdict) {
    case EvidenceVerdict::Supported: return "supported";
    case EvidenceVerdict::NotSupported: return "not supported";
    case EvidenceVerdict::Untested: return "untested";
    }
    return "unknown";
}

bool isHigherBetter(EvidenceTest test)
{
    return test != EvidenceTest::Deletion;
}

std::size_t asGood(const Finding& finding)
{
    const bool higher = isHigherBetter(finding.test);
    return static_cast<std::size_t>(std::ranges::count_if(
        finding.nulls, [&](double null) { return higher ? null >= finding.value : null <= finding.value; }));
}

double pAmongNulls(const Finding& finding)
{
    return (1.0 + static_cast<double>(asGood(finding))) / (1.0 + static_cast<double>(finding.nulls.size()));
}

int fewestNulls(int tested)
{
    return static_cast<int>(std::lround(tested / significant)) - 1;
}

std::vector<double> holmCorrected(std::span<const double> p)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::vector<double> corrected(p.size());
    double highest = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        highest = std::max(highest, std::min(1.0, p[order[rank]] * static_cast<double>(p.size() - rank)));
        corrected[order[rank]] = highest;
    }
    return corrected;
}

EvidenceVerdict verdictOf(const Finding& finding, double correctedP, std::size_t tested)
{
    if (finding.nulls.empty())
        return EvidenceVerdict::Untested;
    if (isOnGoodSide(finding) && correctedP <= significant)
        return EvidenceVerdict::Supported;
    const double smallest = static_cast<double>(tested) / (1.0 + static_cast<double>(finding.nulls.size()));
    const bool couldNotTell = smallest > significant && isOnGoodSide(finding) && asGood(finding) == 0;
    return couldNotTell ? EvidenceVerdict::Untested : EvidenceVerdict::NotSupported;
}

} // namespace ocellus
