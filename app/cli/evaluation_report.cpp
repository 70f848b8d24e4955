// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluation_report.h"

#include "app/cli/console.h"
#include "core/analysis/intervals.h"
#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "ui/figures/confusion_figure.h"
#include "ui/figures/png_writer.h"

namespace ocellus {

namespace fs = std::filesystem;

using Json = nlohmann::ordered_json;

namespace {

constexpr double percent = 100;
constexpr int indentation = 1;

Json classesAsJson(const EvaluationReport& report)
{
    Json classes = Json::array();
    for (const auto& [classIndex, share] : report.evaluation.classes()) {
        const Interval interval = wilsonInterval(share.correct, share.n);
        classes.push_back({{"class", classIndex},
                           {"name", report.nameOf(classIndex)},
                           {"n", share.n},
                           {"correct", share.correct},
                           {"acc@1", percent * share.correct / share.n},
                           {"acc@1_interval", {percent * interval.low, percent * interval.high}}});
    }
    return classes;
}

std::string classesAsCsv(const EvaluationReport& report)
{
    std::string text = csvHeader("class,name,n,correct,acc@1,low,high");
    for (const auto& [classIndex, share] : report.evaluation.classes()) {
        const Interval interval = wilsonInterval(share.correct, share.n);
        CsvLine line;
        line.number(classIndex).text(report.nameOf(classIndex)).number(share.n).number(share.correct);
        for (const double fraction : {double(share.correct) / share.n, interval.low, interval.high})
            line.number(static_cast<float>(percent * fraction));
        text += line.str();
    }
    return text;
}

/// A row a true class, a column a predicted one.
void writeConfusion(const fs::path& path, const EvaluationReport& report)
{
    const std::vector<int> classes = report.evaluation.involvedClasses();
    const auto& confusion = report.evaluation.confusion();
    AtomicFile file(path);
    CsvLine header;
    header.text("true class");
    for (const int predicted : classes)
        header.text(report.nameOf(predicted));
    file.write(header.str());
    for (const int trueClass : classes) {
        CsvLine line;
        line.text(report.nameOf(trueClass));
        for (const int predicted : classes) {
            const auto found = confusion.find({trueClass, predicted});
            line.number(found == confusion.end() ? 0 : found->second);
        }
        file.write(line.str());
    }
    file.commit();
}

std::string pairsAsCsv(const EvaluationReport& report)
{
    std::string text = csvHeader("first,first_name,second,second_name,pictures,first_as_second,second_as_first");
    for (const ConfusedPair& pair : report.evaluation.confusedPairs()) {
        CsvLine line;
        for (const int classIndex : {pair.first, pair.second})
            line.number(classIndex).text(report.nameOf(classIndex));
        text += line.number(pair.total()).number(pair.firstAsSecond).number(pair.secondAsFirst).str();
    }
    return text;
}

ConfusionFigure confusionFigure(const EvaluationReport& report)
{
    constexpr std::size_t shownHashDigits = 12;
    ConfusionFigure figure;
    figure.evaluation = report.evaluation;
    for (const ClassTable::Entry& entry : report.table().entries)
        figure.classNames << QString::fromStdString(displayName(entry.name));
    figure.title = QStringLiteral("%1 pictures, acc@1 %2 %")
                       .arg(report.evaluation.n())
                       .arg(report.evaluation.accuracy(), 0, 'f', 1);
    figure.madeBy = QStringLiteral("%1, SHA-256 %2 · %3 · Ocellus " OCELLUS_VERSION)
                        .arg(QString::fromStdString(report.model.path.filename().string()),
                             QString::fromStdString(report.model.sha256.substr(0, shownHashDigits)),
                             QString::fromStdString(report.data.string()));
    return figure;
}

} // namespace

const std::string& EvaluationReport::nameOf(int classIndex) const
{
    return table().entries[static_cast<std::size_t>(classIndex)].name;
}

double EvaluationReport::picturesPerSecond() const
{
    return seconds > 0 ? (evaluation.n() - kept) / seconds : 0;
}

std::vector<int> EvaluationReport::classesWithoutPictures() const
{
    std::vector<int> classes;
    for (int classIndex = 0; classIndex < table().count(); ++classIndex)
        if (!evaluation.classes().contains(classIndex))
            classes.push_back(classIndex);
    return classes;
}

Json totals(const EvaluationReport& report)
{
    const Evaluation& evaluation = report.evaluation;
    const Interval interval = wilsonInterval(evaluation.correct(), evaluation.n());
    Json without = Json::array();
    for (const int classIndex : report.classesWithoutPictures())
        without.push_back(report.nameOf(classIndex));
    Json object{{"acc@1", evaluation.accuracy()},
                {"acc@5", evaluation.topFiveAccuracy()},
                {"loss", evaluation.meanLoss()},
                {"n", evaluation.n()},
                {"acc@1_interval", {percent * interval.low, percent * interval.high}},
                {"checkpoint", report.model.path.string()},
                {"sha256", report.model.sha256},
                {"state_dict", report.model.stateDict.key},
                {"model_settings", assumptionsText(report.model)},
                {"checkpoint_remarks", report.model.remarks},
                {"data", report.data.string()},
                {"image_size", toString(report.preprocess)},
                {"ignore_exif", report.decode.ignoreExif},
                {"range", toString(report.decode.range)},
                {"to_srgb", report.decode.convertToSrgb},
                {"remarks", report.remarks.counts()},
                {"device", report.device},
                {"seconds", report.seconds},
                {"pictures_per_second", report.picturesPerSecond()},
                {"left_out", report.leftOut},
                {"skipped_files", jsonOf(report.skipped)},
                {"class_names", {{"from", report.table().source}, {"read", report.table().reading}}},
                {"folders_matched_by", report.matched.matchedBy},
                {"notes", report.notes},
                {"classes_without_pictures", without}};
    if (!report.datasetHash.empty())
        object["dataset"] = {{"sha256", report.datasetHash}, {"crop", report.crop}};
    addTo(object, report.trust);
    if (report.comparison)
        addTo(object, *report.comparison);
    return object;
}

std::string jsonText(const Json& value, int indent)
{
    return value.dump(indent, ' ', false, Json::error_handler_t::replace) + '\n';
}

void writeEvaluation(const fs::path& folder, const EvaluationReport& report)
{
    writeFileAtomically(folder / "classes.csv", classesAsCsv(report));
    writeConfusion(folder / "confusion.csv", report);
    writeFileAtomically(folder / "confused_pairs.csv", pairsAsCsv(report));
    writeTrust(folder, report.trust);
    std::error_code ignored;
    if (report.comparison)
        writeChanged(folder / "changed.csv", *report.comparison);
    else
        for (const char* name :
             {"changed.csv", "against/pictures.csv", "against/ledger.csv", "against"}) // of an earlier one
            fs::remove(folder / name, ignored);
    writePng(folder / "confusion.png", renderConfusion(confusionFigure(report)));
    Json everything = totals(report);
    everything["classes"] = classesAsJson(report);
    everything[std::string(validationEnergiesKey)] = Json::parse(report.energies.toText());
    writeFileAtomically(folder / "evaluation.json", jsonText(everything, indentation));
}

} // namespace ocellus
