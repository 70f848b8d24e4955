// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/experiment_record.h"

#include <limits>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/engine/model_settings.h"
#include "core/session/experiment_row_json.h"
#include "core/session/session_writer.h"
#include "core/session/standing_json.h"

namespace ocellus {

using nlohmann::json;

namespace {

constexpr std::size_t mostText = 10'000;
constexpr std::size_t mostThumbnail = 4U << 20;
constexpr std::size_t mostControls = 1'000;
constexpr int mostClasses = 1'000'000;

json jsonOf(const ExperimentFinding& finding)
{
    return {{"path", jsonOfPath(finding.path)},
            {"row", jsonOf(finding.row)},
            {"seconds", numberJson(finding.seconds)},
            {"before", finding.before.toBase64().toStdString()},
            {"after", finding.after.toBase64().toStdString()},
            {"mask", finding.mask}};
}

ExperimentFinding findingIn(const SessionReader& reader, const json& value, int classes)
{
    reader.requireKeys(value, "a finding", {"path", "row", "seconds", "before", "after", "mask"});
    const auto bytes = [&](const char* key) {
        return QByteArray::fromBase64(QByteArray::fromStdString(reader.text(value[key], key, mostThumbnail)));
    };
    return {reader.path(value["path"]),
            experimentRowIn(reader, value["row"], classes),
            numberIn(reader, value["seconds"], "seconds"),
            bytes("before"),
            bytes("after"),
            value["mask"]};
}

json jsonOf(const ClassTable& table)
{
    json entries = json::array();
    for (const ClassTable::Entry& entry : table.entries)
        entries.push_back({entry.name, entry.latin, entry.folder});
    return {{"entries", std::move(entries)}, {"source", table.source}, {"reading", table.reading}};
}

ClassTable tableIn(const SessionReader& reader, const json& value)
{
    constexpr std::size_t names = 3;
    reader.requireKeys(value, "classes", {"entries", "source", "reading"});
    reader.requireArray(value["entries"], "entries", static_cast<std::size_t>(mostClasses));
    ClassTable table;
    for (const json& item : value["entries"]) {
        reader.requireArray(item, "a class", names);
        if (item.size() != names)
            reader.fail("expected three names of a class, got another number");
        table.entries.push_back({reader.text(item[0], "name", mostText), reader.text(item[1], "latin", mostText),
                                 reader.text(item[2], "folder", mostText)});
    }
    table.source = reader.text(value["source"], "source", mostText);
    table.reading = reader.text(value["reading"], "reading", mostText);
    return table;
}

} // namespace

json jsonOf(const ExperimentRecord& record)
{
    const ExperimentReport& report = record.report;
    const SessionInput input{report.preprocess, false, report.decode.ignoreExif, report.decode.range,
                             report.decode.convertToSrgb};
    json findings = json::array();
    for (const ExperimentFinding& finding : record.findings)
        findings.push_back(jsonOf(finding));
    return {{"model",
             {{"path", jsonOfPath(report.model.path)},
              {"sha256", report.model.sha256},
              {"given", toString(report.model.given)},
              {"stateDict", report.model.stateDict.key}}},
            {"classes", jsonOf(report.table)},
            {"source", report.source},
            {"input", jsonOf(input)},
            {"showDamaged", report.decode.showDamaged},
            {"recipe", jsonOf(report.recipe)},
            {"controls", report.controls},
            {"onAnimal", report.onAnimal},
            {"seed", report.seed},
            {"planned", report.planned},
            {"findings", std::move(findings)}};
}

ExperimentRecord experimentRecordIn(SessionReader& reader, const json& value)
{
    reader.requireKeys(value, "an experiment",
                       {"model", "classes", "source", "input", "showDamaged", "recipe", "controls", "onAnimal", "seed",
                        "planned", "findings"});
    const json& model = value["model"];
    reader.requireKeys(model, "a model", {"path", "sha256", "given", "stateDict"});
    ExperimentRecord record;
    ExperimentReport& report = record.report;
    report.model.path = reader.path(model["path"]);
    report.model.sha256 = reader.text(model["sha256"], "sha256", mostText);
    report.model.given = parseModelSettings(reader.text(model["given"], "given", mostText), reader.source());
    report.model.stateDict.key = reader.text(model["stateDict"], "stateDict", mostText);
    report.table = tableIn(reader, value["classes"]);
    report.source = reader.text(value["source"], "source", mostText);
    const SessionInput input = reader.input(value["input"]);
    report.preprocess = input.preprocess;
    report.decode.ignoreExif = input.ignoreExif;
    report.decode.range = input.range;
    report.decode.convertToSrgb = input.convertToSrgb;
    report.decode.showDamaged = reader.boolean(value["showDamaged"], "showDamaged");
    report.recipe = recipeOf(value["recipe"], reader.source());
    report.controls = reader.integer(value["controls"], "controls", 0, static_cast<int>(mostControls));
    report.onAnimal = reader.boolean(value["onAnimal"], "onAnimal");
    constexpr int most = std::numeric_limits<int>::max();
    report.seed = static_cast<std::uint64_t>(reader.integer(value["seed"], "seed", 0, most));
    report.planned = static_cast<std::size_t>(reader.integer(value["planned"], "planned", 0, most));
    reader.requireArray(value["findings"], "findings", maxPictures);
    for (const json& item : value["findings"])
        record.findings.push_back(findingIn(reader, item, report.table.count()));
    return record;
}

} // namespace ocellus
