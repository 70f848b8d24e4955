// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/experiment_row_json.h"

#include <limits>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/session/session.h"
#include "core/session/standing_json.h"

namespace ocellus {

using nlohmann::json;

namespace {

constexpr std::size_t mostText = 10'000;
constexpr std::size_t mostControls = 1'000;

json optional(const std::optional<double>& value)
{
    return value ? json::array({numberJson(*value)}) : json::array();
}

std::optional<double> optionalIn(const StrictJson& reader, const json& value, const char* what)
{
    reader.requireArray(value, what, 1);
    return value.empty() ? std::nullopt : std::optional(numberIn(reader, value[0], what));
}

json jsonOf(const StandingChange& change)
{
    return {{"class", change.classIndex}, {"before", jsonOf(change.before)}, {"after", jsonOf(change.after)}};
}

StandingChange changeIn(const StrictJson& reader, const json& value, int classes)
{
    reader.requireKeys(value, "a class before and after", {"class", "before", "after"});
    return {reader.integer(value["class"], "class", 0, classes - 1), standingIn(reader, value["before"], "before"),
            standingIn(reader, value["after"], "after")};
}

json jsonOf(const PictureFacts& facts)
{
    return {{"page", facts.page},       {"pages", facts.pages},           {"reduced", facts.isFirstReduced},
            {"deep", facts.isDeep},     {"least", facts.least},           {"greatest", facts.greatest},
            {"black", facts.black},     {"white", facts.white},           {"millimetres", facts.millimetresPerPixel},
            {"profile", facts.profile}, {"converted", facts.isConverted}, {"damage", facts.damage}};
}

PictureFacts factsIn(const StrictJson& reader, const json& value)
{
    constexpr int most = std::numeric_limits<int>::max();
    reader.requireKeys(value, "facts of a picture",
                       {"page", "pages", "reduced", "deep", "least", "greatest", "black", "white", "millimetres",
                        "profile", "converted", "damage"});
    const auto whole = [&](const char* key) { return reader.integer(value[key], key, 0, most); };
    PictureFacts facts;
    facts.page = whole("page");
    facts.pages = whole("pages");
    facts.isFirstReduced = reader.boolean(value["reduced"], "reduced");
    facts.isDeep = reader.boolean(value["deep"], "deep");
    facts.least = whole("least");
    facts.greatest = whole("greatest");
    facts.black = whole("black");
    facts.white = whole("white");
    facts.millimetresPerPixel = reader.number(value["millimetres"], "millimetres");
    facts.profile = reader.text(value["profile"], "profile", mostText);
    facts.isConverted = reader.boolean(value["converted"], "converted");
    facts.damage = reader.text(value["damage"], "damage", mostText);
    return facts;
}

json controlsOf(const ExperimentRow& row)
{
    json controls = json::array();
    for (const ControlEffect& control : row.controls)
        controls.push_back({{"change", jsonOf(control.change)}, {"flipped", control.flipped}});
    return controls;
}

std::vector<ControlEffect> controlsIn(const StrictJson& reader, const json& value)
{
    reader.requireArray(value, "controls", mostControls);
    std::vector<ControlEffect> controls;
    for (const json& item : value) {
        reader.requireKeys(item, "a control", {"change", "flipped"});
        controls.push_back({standingIn(reader, item["change"], "change"), reader.boolean(item["flipped"], "flipped")});
    }
    return controls;
}

} // namespace

json jsonOf(const ExperimentRow& row)
{
    return {{"picture", row.picture},
            {"facts", jsonOf(row.facts)},
            {"skipped", row.skipped},
            {"error", row.error},
            {"predicted", jsonOf(row.predicted)},
            {"true", row.trueClass ? jsonOf(*row.trueClass) : json()},
            {"after", row.predictedAfter},
            {"probability", numberJson(row.probabilityAfter)},
            {"selected", numberJson(row.selectedShare)},
            {"changed", numberJson(row.changedShare)},
            {"insideBefore", optional(row.insideBefore)},
            {"insideAfter", optional(row.insideAfter)},
            {"controls", controlsOf(row)},
            {"shortfall", row.controlShortfall}};
}

ExperimentRow experimentRowIn(const StrictJson& reader, const json& value, int classes)
{
    reader.requireKeys(value, "a row",
                       {"picture", "facts", "skipped", "error", "predicted", "true", "after", "probability", "selected",
                        "changed", "insideBefore", "insideAfter", "controls", "shortfall"});
    ExperimentRow row;
    row.picture = reader.text(value["picture"], "picture", maxPathBytes);
    row.facts = factsIn(reader, value["facts"]);
    row.skipped = reader.text(value["skipped"], "skipped", mostText);
    row.error = reader.text(value["error"], "error", mostText);
    row.predicted = changeIn(reader, value["predicted"], classes);
    if (!value["true"].is_null())
        row.trueClass = changeIn(reader, value["true"], classes);
    row.predictedAfter = reader.integer(value["after"], "after", 0, classes - 1);
    row.probabilityAfter = numberIn(reader, value["probability"], "probability");
    row.selectedShare = numberIn(reader, value["selected"], "selected");
    row.changedShare = numberIn(reader, value["changed"], "changed");
    row.insideBefore = optionalIn(reader, value["insideBefore"], "insideBefore");
    row.insideAfter = optionalIn(reader, value["insideAfter"], "insideAfter");
    row.controls = controlsIn(reader, value["controls"]);
    row.controlShortfall = reader.text(value["shortfall"], "shortfall", mostText);
    return row;
}

} // namespace ocellus
