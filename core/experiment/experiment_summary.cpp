// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/experiment_summary.h"

#include <algorithm>
#include <array>
#include <functional>

#include "core/base/random.h"

namespace ocellus {

namespace {

constexpr double fivePercent = 0.05;

/// One number of a picture: of its edit, and of one of its controls.
struct Measure {
    const char* name;
    double (*ofEdit)(const ExperimentRow&);
    double (*ofControl)(const ControlEffect&);
};

constexpr std::array<Measure, 4> measures{{
    {"logit", [](const ExperimentRow& row) { return row.predicted.change().logit; },
     [](const ControlEffect& control) { return control.change.logit; }},
    {"probability", [](const ExperimentRow& row) { return row.predicted.change().probability; },
     [](const ControlEffect& control) { return control.change.probability; }},
    {"margin", [](const ExperimentRow& row) { return row.predicted.change().margin; },
     [](const ControlEffect& control) { return control.change.margin; }},
    {"flips", [](const ExperimentRow& row) { return row.flipped() ? 1.0 : 0.0; },
     [](const ControlEffect& control) { return control.flipped ? 1.0 : 0.0; }},
}};

MeasuredChange measured(const Measure& measure, std::span<const ExperimentRow> rows, std::uint64_t seed)
{
    std::vector<double> edits, controls, differences;
    for (const ExperimentRow& row : rows) {
        if (!row.isDone())
            continue;
        edits.push_back(measure.ofEdit(row));
        if (row.controls.empty())
            continue;
        double sum = 0;
        for (const ControlEffect& control : row.controls)
            sum += measure.ofControl(control);
        controls.push_back(sum / static_cast<double>(row.controls.size()));
        differences.push_back(edits.back() - controls.back());
    }
    return {measure.name, bootstrapMean(edits, seed), bootstrapMean(controls, seed), bootstrapMean(differences, seed)};
}

void count(ExperimentSummary& summary, const ExperimentRow& row)
{
    ++summary.edited;
    summary.flips += row.flipped();
    if (row.trueClass) {
        ++summary.withTrueClass;
        summary.rightBefore += row.predicted.classIndex == row.trueClass->classIndex;
        summary.rightAfter += row.predictedAfter == row.trueClass->classIndex;
    }
    summary.meanSelectedShare += row.selectedShare;
    if (row.insideBefore && row.insideAfter) {
        ++summary.withMaps;
        summary.meanInsideBefore += *row.insideBefore;
        summary.meanInsideAfter += *row.insideAfter;
    }
    summary.withControls += !row.controls.empty();
    summary.mostControls = std::max(summary.mostControls, row.controls.size());
    summary.shortOfControls += !row.controlShortfall.empty();
    if (row.controls.size() >= controlsForFivePercent) {
        ++summary.canBeUnusual;
        summary.unusual += controlP(row, &ClassStanding::logit).value_or(1) <= fivePercent;
    }
}

} // namespace

ExperimentSummary summaryOf(std::span<const ExperimentRow> rows, std::uint64_t seed)
{
    ExperimentSummary summary;
    for (const ExperimentRow& row : rows) {
        ++summary.pictures;
        summary.remarks.add(row.facts);
        if (row.isDone())
            count(summary, row);
        else if (!row.error.empty())
            ++summary.failed;
        else
            ++summary.skipped[row.skipped];
    }
    if (summary.edited > 0)
        summary.meanSelectedShare /= summary.edited;
    if (summary.withMaps > 0) {
        summary.meanInsideBefore /= static_cast<double>(summary.withMaps);
        summary.meanInsideAfter /= static_cast<double>(summary.withMaps);
    }
    summary.flipInterval = wilsonInterval(summary.flips, summary.edited);
    for (const Measure& measure : measures)
        summary.changes.push_back(measured(measure, rows, seed));
    return summary;
}

} // namespace ocellus
