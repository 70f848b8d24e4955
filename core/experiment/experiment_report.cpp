// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/experiment_report.h"

#include <iomanip>
#include <optional>
#include <sstream>
#include <vector>

#include "core/base/text.h"
#include "core/io/csv.h"

namespace ocellus {

using Json = nlohmann::ordered_json;

namespace {

constexpr double percent = 100;

const std::string& nameOf(const ClassTable& table, int classIndex)
{
    return table.entries[static_cast<std::size_t>(classIndex)].name;
}

void addNumber(CsvLine& line, double value)
{
    line.number(static_cast<float>(value));
}

void addNumber(CsvLine& line, const std::optional<double>& value)
{
    if (value)
        addNumber(line, *value);
    else
        line.empty();
}

void addEmpty(CsvLine& line, int fields)
{
    for (int i = 0; i < fields; ++i)
        line.empty();
}

/// Of one class: logit, probability and margin before and after.
void addStandings(CsvLine& line, const StandingChange& change)
{
    for (const double value : {change.before.logit, change.after.logit, change.before.probability,
                               change.after.probability, change.before.margin, change.after.margin})
        addNumber(line, value);
}

void addControls(CsvLine& line, const ExperimentRow& row)
{
    line.number(row.controls.size());
    if (row.controls.empty())
        return addEmpty(line, 4);
    double logits = 0;
    int flips = 0;
    for (const ControlEffect& control : row.controls) {
        logits += control.change.logit;
        flips += control.flipped;
    }
    addNumber(line, logits / static_cast<double>(row.controls.size()));
    line.number(flips);
    addNumber(line, controlP(row, &ClassStanding::logit));
    addNumber(line, controlP(row, &ClassStanding::margin));
}

/// Of a picture that was edited, after its name and status.
void addFindings(CsvLine& line, const ExperimentRow& row, const ClassTable& table)
{
    const auto addClass = [&](int index) { line.number(index).text(nameOf(table, index)); };
    if (row.trueClass)
        addClass(row.trueClass->classIndex);
    else
        addEmpty(line, 2);
    addClass(row.predicted.classIndex);
    addClass(row.predictedAfter);
    line.number(row.flipped() ? 1 : 0);
    addStandings(line, row.predicted);
    if (row.trueClass)
        addStandings(line, *row.trueClass);
    else
        addEmpty(line, 6);
    addNumber(line, row.selectedShare);
    addNumber(line, row.changedShare);
    addNumber(line, row.insideBefore);
    addNumber(line, row.insideAfter);
    addControls(line, row);
    line.text(row.controlShortfall);
}

Json asJson(const BootstrapMean& mean)
{
    return {{"n", mean.n}, {"mean", mean.mean}, {"interval", {mean.low, mean.high}}, {"draws", mean.draws}};
}

/// "-1.234 (-1.300 to -1.100)", or a dash without values.
std::string meanText(const BootstrapMean& mean)
{
    if (mean.n == 0)
        return "-";
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed << std::setprecision(3) << mean.mean << " (" << mean.low << " to " << mean.high << ")";
    return text.str();
}

} // namespace

std::string experimentHeader()
{
    return csvHeader(
        "picture,status,reason,true_class,true_name,predicted,predicted_name,predicted_after,predicted_after_name,"
        "flipped,logit_before,logit_after,probability_before,probability_after,margin_before,margin_after,"
        "true_logit_before,true_logit_after,true_probability_before,true_probability_after,true_margin_before,"
        "true_margin_after,selected_share,changed_share,inside_before,inside_after,controls,control_logit_change,"
        "control_flips,p_logit,p_margin,control_note,remarks");
}

std::string experimentLine(const ExperimentRow& row, const ClassTable& table)
{
    constexpr int findings = 29;
    CsvLine line;
    line.text(row.picture);
    if (row.isDone()) {
        line.text("edited").empty();
        addFindings(line, row, table);
    } else {
        line.text(row.error.empty() ? "skipped" : "failed").text(row.error.empty() ? row.skipped : row.error);
        addEmpty(line, findings);
    }
    return line.text(remarkText(row.facts)).str();
}

Json asJson(const ExperimentReport& report)
{
    const ExperimentSummary& summary = report.summary;
    Json changes = Json::object();
    for (const MeasuredChange& change : summary.changes)
        changes[change.name] = {{"edit", asJson(change.edit)},
                                {"controls", asJson(change.controls)},
                                {"difference", asJson(change.difference)}};
    return {{"pictures", summary.pictures},
            {"planned", report.planned},
            {"edited", summary.edited},
            {"skipped", summary.skipped},
            {"failed", summary.failed},
            {"flips", summary.flips},
            {"flip_rate", summary.edited == 0 ? 0 : percent * summary.flips / summary.edited},
            {"flip_rate_interval", {percent * summary.flipInterval.low, percent * summary.flipInterval.high}},
            {"with_true_class", summary.withTrueClass},
            {"right_before", summary.rightBefore},
            {"right_after", summary.rightAfter},
            {"mean_selected_share", summary.meanSelectedShare},
            {"mean_attention_inside_before", summary.meanInsideBefore},
            {"mean_attention_inside_after", summary.meanInsideAfter},
            {"with_controls", summary.withControls},
            {"short_of_controls", summary.shortOfControls},
            {"with_19_controls", summary.canBeUnusual},
            {"p_at_most_0.05", summary.unusual},
            {"changes", changes},
            {"intervals", "95 %: Wilson's of the flip rate; percentile bootstrap over pictures of means"},
            {"of", "the class predicted before the edit; controls: mean a picture"},
            {"controls_asked", report.controls},
            {"controls_on", report.onAnimal ? "animal (estimated)" : "anywhere"},
            {"seed", report.seed},
            {"recipe", jsonOf(report.recipe)},
            {"checkpoint", report.model.path.string()},
            {"sha256", report.model.sha256},
            {"state_dict", report.model.stateDict.key},
            {"model_settings", assumptionsText(report.model)},
            {"source", report.source},
            {"skipped_files", jsonOf(report.skippedFiles)},
            {"class_names", {{"from", report.table.source}, {"read", report.table.reading}}},
            {"folders_matched_by", report.foldersMatchedBy},
            {"notes", report.notes},
            {"image_size", toString(report.preprocess)},
            {"ignore_exif", report.decode.ignoreExif},
            {"range", toString(report.decode.range)},
            {"to_srgb", report.decode.convertToSrgb},
            {"remarks", summary.remarks.counts()}};
}

std::string asMarkdown(const ExperimentReport& report)
{
    const ExperimentSummary& summary = report.summary;
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "# Edit experiment\n\n" << oneLine(describe(report.recipe)) << "\n\n";
    text << "- " << summary.edited << " of " << summary.pictures << " pictures edited";
    for (const auto& [reason, count] : summary.skipped)
        text << "; " << count << " skipped: " << reason;
    text << "; " << summary.failed << " failed\n";
    if (!report.skippedFiles.empty())
        text << "- " << oneLine(report.skippedFiles.sentence()) << '\n';
    if (!report.foldersMatchedBy.empty())
        text << "- folders matched to classes by " << report.foldersMatchedBy << "; " << oneLine(report.table.reading)
             << '\n';
    for (const std::string& note : report.notes)
        text << "- " << oneLine(note) << '\n';
    if (!report.isWhole())
        text << "- stopped: " << summary.pictures << " of " << report.planned << " pictures\n";
    for (const std::string& line : summary.remarks.lines())
        text << "- " << oneLine(line) << '\n';
    text << std::fixed << std::setprecision(1);
    if (summary.edited > 0)
        text << "- the prediction flips in " << summary.flips << ", " << percent * summary.flips / summary.edited
             << " % (Wilson " << percent * summary.flipInterval.low << " to " << percent * summary.flipInterval.high
             << ")\n- " << percent * summary.meanSelectedShare << " % of a picture selected, in the mean\n";
    if (summary.withTrueClass > 0)
        text << "- named rightly: " << summary.rightBefore << " before, " << summary.rightAfter << " after, of "
             << summary.withTrueClass << '\n';
    if (summary.withMaps > 0)
        text << "- " << percent * summary.meanInsideBefore << " % of the attention (last layer, mean of the heads) "
             << "inside the mask before, " << percent * summary.meanInsideAfter << " % after\n";
    if (report.controls > 0)
        text << "- " << report.controls << " controls a picture asked for, "
             << (report.onAnimal ? "on the estimated animal" : "anywhere") << "; " << summary.shortOfControls
             << " pictures had fewer places\n"
             << (summary.canBeUnusual > 0
                     ? "- p <= 0.05 for the logit in " + std::to_string(summary.unusual) + " of the " +
                           std::to_string(summary.canBeUnusual) + " pictures with at least 19 controls\n"
                     : "- no picture had the 19 controls without which p cannot be 0.05\n");
    text << "\nMeans over pictures of the change of the class predicted before the edit, with 95 % bootstrap "
         << "intervals:\n\n| change of | edit | controls | edit minus controls |\n|---|---|---|---|\n";
    for (const MeasuredChange& change : summary.changes)
        text << "| " << change.name << " | " << meanText(change.edit) << " | " << meanText(change.controls) << " | "
             << meanText(change.difference) << " |\n";
    text << "\nModel " << oneLine(report.model.path.filename().string()) << ", SHA-256 " << report.model.sha256
         << "; pictures " << oneLine(report.source) << "; seed " << report.seed << ".\n";
    return text.str();
}

} // namespace ocellus
