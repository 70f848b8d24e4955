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

std::string number(double value)
{
    return numberText(static_cast<float>(value));
}

std::string number(const std::optional<double>& value)
{
    return value ? number(*value) : "";
}

const std::string& nameOf(const ClassTable& table, int classIndex)
{
    return table.entries[static_cast<std::size_t>(classIndex)].name;
}

/// Of one class: logit, probability and margin before and after.
std::vector<std::string> standingFields(const StandingChange& change)
{
    return {number(change.before.logit),      number(change.after.logit),   number(change.before.probability),
            number(change.after.probability), number(change.before.margin), number(change.after.margin)};
}

std::vector<std::string> controlFields(const ExperimentRow& row)
{
    if (row.controls.empty())
        return {"0", "", "", "", ""};
    double logits = 0;
    int flips = 0;
    for (const ControlEffect& control : row.controls) {
        logits += control.change.logit;
        flips += control.flipped;
    }
    return {std::to_string(row.controls.size()), number(logits / static_cast<double>(row.controls.size())),
            std::to_string(flips), number(controlP(row, &ClassStanding::logit)),
            number(controlP(row, &ClassStanding::margin))};
}

void append(std::vector<std::string>& fields, const std::vector<std::string>& more)
{
    fields.insert(fields.end(), more.begin(), more.end());
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
    return "picture,status,reason,true_class,true_name,predicted,predicted_name,predicted_after,predicted_after_name,"
           "flipped,logit_before,logit_after,probability_before,probability_after,margin_before,margin_after,"
           "true_logit_before,true_logit_after,true_probability_before,true_probability_after,true_margin_before,"
           "true_margin_after,selected_share,changed_share,inside_before,inside_after,controls,control_logit_change,"
           "control_flips,p_logit,p_margin,control_note,remarks\n";
}

std::string experimentLine(const ExperimentRow& row, const ClassTable& table)
{
    constexpr std::size_t columns = 33;
    std::vector<std::string> fields{row.picture};
    if (!row.isDone()) {
        append(fields, {row.error.empty() ? "skipped" : "failed", row.error.empty() ? row.skipped : row.error});
    } else {
        append(fields, {"edited", ""});
        const auto append_class = [&](int index) { append(fields, {std::to_string(index), nameOf(table, index)}); };
        if (row.trueClass)
            append_class(row.trueClass->classIndex);
        else
            append(fields, {"", ""});
        append_class(row.predicted.classIndex);
        append_class(row.predictedAfter);
        fields.push_back(row.flipped() ? "1" : "0");
        append(fields, standingFields(row.predicted));
        append(fields, row.trueClass ? standingFields(*row.trueClass) : std::vector<std::string>(6));
        append(fields, {number(row.selectedShare), number(row.changedShare), number(row.insideBefore),
                        number(row.insideAfter)});
        append(fields, controlFields(row));
        fields.push_back(row.controlShortfall);
    }
    fields.resize(columns - 1);
    fields.push_back(remarkText(row.facts));
    std::string line;
    for (const std::string& field : fields)
        line += (line.empty() ? "" : ",") + csvField(field);
    return line + '\n';
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
             << " pictures had fewer places\n- p <= 0.05 for the logit in " << summary.unusual << " of the "
             << summary.canBeUnusual << " pictures with at least 19 controls\n";
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
