// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/dataset_report.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/text.h"

namespace ocellus {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t mostNamed = 5;

std::string nameOf(const DatasetReport& report, int picture)
{
    return report.opened.dataset.pictures[static_cast<std::size_t>(picture)].path.string();
}

/// ": a, b, ..." of the pictures, or of the classes where it is about those.
std::string namesIn(const DatasetReport& report, const DatasetProblem& problem)
{
    std::vector<std::string> names = problem.classNames;
    if (names.empty())
        for (std::size_t i = 0; i < std::min(problem.pictures.size(), mostNamed + 1); ++i)
            names.push_back(nameOf(report, problem.pictures[i]));
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), mostNamed); ++i)
        text += (i == 0 ? ": " : ", ") + names[i];
    return text + (names.size() > mostNamed ? ", ..." : "");
}

std::size_t taking(const DatasetState& state)
{
    return static_cast<std::size_t>(std::ranges::count_if(state.members, &DatasetMember::takesPart));
}

} // namespace

std::string asText(const DatasetReport& report)
{
    const auto counts = report.state.counts();
    std::string text = "pictures\t" + std::to_string(taking(report.state));
    if (const std::size_t excluded = report.state.members.size() - taking(report.state); excluded > 0)
        text += ", " + std::to_string(excluded) + " excluded";
    text += "\nclasses\t" + std::to_string(counts.size()) + "\tall\ttrain\tval\ttest\n";
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto& count = counts[i];
        text += "class\t" + oneLine(report.state.classNames[i]) + "\t" +
                std::to_string(count[0] + count[1] + count[2] + count[3]);
        for (const PictureSplit split : {PictureSplit::Train, PictureSplit::Val, PictureSplit::Test})
            text += "\t" + std::to_string(count[static_cast<std::size_t>(split)]);
        text += "\n";
    }
    if (const std::size_t undivided = report.state.undivided(); undivided > 0)
        text += "split\t" + std::to_string(undivided) + " pictures are in none: give --split 0.2\n";
    for (const DatasetProblem& problem : report.problems)
        text += "problem\t" + std::string(toString(problem.kind)) + "\t" +
                oneLine(problem.sentence + namesIn(report, problem)) + "\t" + oneLine(problem.wayOut) + "\n";
    for (const DatasetStep& step : report.opened.dataset.steps)
        text += "step\t" + oneLine(describe(step)) + "\n";
    return text;
}

Json asJson(const DatasetReport& report)
{
    Json classes = Json::array();
    const auto counts = report.state.counts();
    for (std::size_t i = 0; i < counts.size(); ++i)
        classes.push_back({{"name", report.state.classNames[i]},
                           {"train", counts[i][1]},
                           {"val", counts[i][2]},
                           {"test", counts[i][3]},
                           {"in_no_split", counts[i][0]}});
    Json problems = Json::array();
    for (const DatasetProblem& problem : report.problems) {
        Json pictures = Json::array();
        for (const int picture : problem.pictures)
            pictures.push_back(nameOf(report, picture));
        problems.push_back({{"kind", toString(problem.kind)},
                            {"sentence", problem.sentence},
                            {"way_out", problem.wayOut},
                            {"can_be_fixed", problem.remedy.has_value()},
                            {"classes", problem.classNames},
                            {"pictures", std::move(pictures)}});
    }
    Json steps = Json::array();
    for (const DatasetStep& step : report.opened.dataset.steps)
        steps.push_back(describe(step));
    return {{"pictures", taking(report.state)},
            {"excluded", report.state.members.size() - taking(report.state)},
            {"classes", std::move(classes)},
            {"problems", std::move(problems)},
            {"steps", std::move(steps)},
            {"notes", report.opened.notes},
            {"skipped_files", jsonOf(report.opened.skipped)}};
}

} // namespace ocellus
