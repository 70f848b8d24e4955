// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/evidence_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <nlohmann/json.hpp>

namespace ocellus {

using nlohmann::json;

namespace {

constexpr int mostClasses = 1'000'000, mostLayers = 10'000, mostHeads = 10'000;
constexpr std::size_t mostNumbers = 1'000'000, mostTextBytes = 1'000;

json numberOrNull(const std::optional<double>& number)
{
    return number ? json(*number) : json();
}

std::optional<double> numberOrNone(const StrictJson& reader, const json& value, const char* what)
{
    return value.is_null() ? std::nullopt : std::optional(reader.number(value, what));
}

std::vector<double> numbers(const StrictJson& reader, const json& value, const char* what)
{
    reader.requireArray(value, what, mostNumbers);
    std::vector<double> all;
    for (const json& item : value)
        all.push_back(reader.number(item, what));
    return all;
}

Finding findingIn(const StrictJson& reader, const json& value)
{
    reader.requireKeys(
        value, "a finding",
        {"test", "settings", "value", "share", "nulls", "p", "centre", "reversed", "curve", "low", "high", "judged"});
    Finding finding;
    const std::string& test = reader.text(value["test"], "test", mostTextBytes);
    if (const std::optional<EvidenceTest> known = evidenceTestOf(test))
        finding.test = *known;
    else
        reader.fail("expected a test of maps, got another name as \"test\"");
    finding.settings = reader.text(value["settings"], "settings", mostTextBytes);
    finding.value = reader.number(value["value"], "value");
    finding.share = reader.number(value["share"], "share");
    finding.nulls = numbers(reader, value["nulls"], "nulls");
    finding.p = reader.number(value["p"], "p");
    finding.centre = numberOrNone(reader, value["centre"], "centre");
    finding.reversed = numberOrNone(reader, value["reversed"], "reversed");
    finding.curve = numbers(reader, value["curve"], "curve");
    finding.low = numbers(reader, value["low"], "low");
    finding.high = numbers(reader, value["high"], "high");
    if (finding.low.size() != finding.curve.size() || finding.high.size() != finding.curve.size())
        reader.fail("expected as many values in \"low\" and \"high\" as in \"curve\"");
    if (finding.curve.size() == 1)
        reader.fail("expected two values and more in \"curve\", or none, got one");
    finding.classIndex = reader.integer(value["judged"], "judged", -1, mostClasses);
    return finding;
}

} // namespace

json jsonOf(const StoredEvidence& evidence)
{
    const Finding& finding = evidence.finding;
    return {{"class", evidence.classIndex},
            {"layer", evidence.layer},
            {"heads", evidence.heads},
            {"source", evidence.map.source},
            {"head", evidence.map.head},
            {"finding",
             {{"test", toString(finding.test)},
              {"settings", finding.settings},
              {"value", finding.value},
              {"share", finding.share},
              {"nulls", finding.nulls},
              {"p", finding.p},
              {"centre", numberOrNull(finding.centre)},
              {"reversed", numberOrNull(finding.reversed)},
              {"curve", finding.curve},
              {"low", finding.low},
              {"high", finding.high},
              {"judged", finding.classIndex}}}};
}

StoredEvidence evidenceIn(const StrictJson& reader, const json& value)
{
    reader.requireKeys(value, "evidence", {"class", "layer", "heads", "source", "head", "finding"});
    StoredEvidence evidence;
    evidence.classIndex = reader.integer(value["class"], "class", 0, mostClasses);
    evidence.layer = reader.integer(value["layer"], "layer", 0, mostLayers);
    evidence.heads = reader.integer(value["heads"], "heads", 0, mostHeads);
    evidence.map.source = reader.text(value["source"], "source", mostTextBytes);
    evidence.map.head = reader.integer(value["head"], "head", -1, mostHeads);
    evidence.finding = findingIn(reader, value["finding"]);
    return evidence;
}

bool isFinite(const StoredEvidence& evidence)
{
    const Finding& finding = evidence.finding;
    const auto areFinite = [](const std::vector<double>& values) {
        return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
    };
    return areFinite(
               {finding.value, finding.share, finding.p, finding.centre.value_or(0), finding.reversed.value_or(0)}) &&
           areFinite(finding.nulls) && areFinite(finding.curve) && areFinite(finding.low) && areFinite(finding.high);
}

bool isOfSameTest(const StoredEvidence& one, const StoredEvidence& other)
{
    return one.picture == other.picture && one.edits == other.edits && one.classIndex == other.classIndex &&
           one.layer == other.layer && one.map == other.map && one.finding.test == other.finding.test;
}

} // namespace ocellus
