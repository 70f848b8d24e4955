// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/evaluation_report.h"

#include "core/analysis/intervals.h"
#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "core/io/json_text.h"

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

std::vector<std::string> doubtsOf(const Evaluation& evaluation, const DataClasses& classes)
{
    constexpr int fewestPictures = 8; // fewer can all be hard ones
    std::vector<std::string> doubts;
    if (classes.matchedBy == "order")
        doubts.emplace_back("the checkpoint holds no class names: the folders are its classes in their order, which "
                            "nothing confirms");
    if (evaluation.correct() == 0 && evaluation.n() >= fewestPictures)
        doubts.push_back("not one picture was named rightly; classes were found as " + description(classes) +
                         ": are they this model's?");
    return doubts;
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

std::string evaluatedPicturesHeader()
{
    return csvHeader("picture,class,name,predicted,predicted_name,probability,rank,loss");
}

std::string evaluatedPictureLine(const LabelledPicture& picture, const PictureOutcome& outcome, const ClassTable& table)
{
    CsvLine line;
    line.text(picture.file.relative.generic_string());
    for (const int classIndex : {outcome.trueClass, outcome.predicted})
        line.number(classIndex).text(table.entries[static_cast<std::size_t>(classIndex)].name);
    line.number(static_cast<float>(outcome.probability)).number(outcome.rank);
    return line.number(static_cast<float>(outcome.loss)).str();
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
    Json everything = totals(report);
    everything["classes"] = classesAsJson(report);
    everything[std::string(validationEnergiesKey)] = Json::parse(report.energies.toText());
    writeFileAtomically(folder / "evaluation.json", jsonText(everything, indentation));
}

} // namespace ocellus
