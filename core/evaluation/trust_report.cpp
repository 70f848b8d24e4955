// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/trust_report.h"

#include <algorithm>
#include <iomanip>
#include <locale>
#include <map>
#include <sstream>
#include <utility>

#include "core/engine/model_companions.h"
#include "core/io/atomic_file.h"
#include "core/io/csv.h"

namespace ocellus {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

constexpr double percent = 100;

Json asJson(const Reliability& reliability)
{
    Json bins = Json::array();
    for (const ReliabilityBin& bin : reliability.bins)
        bins.push_back({{"low", bin.low},
                        {"high", bin.high},
                        {"n", bin.n},
                        {"confidence", percent * bin.confidence},
                        {"accuracy", percent * bin.accuracy},
                        {"interval", {percent * bin.interval.low, percent * bin.interval.high}}});
    return {{"expected_calibration_error", percent * reliability.error},
            {"loss", reliability.loss},
            {"n", reliability.n},
            {"bins", std::move(bins)}};
}

Json asJson(const StudiedScore& score, bool hasUnusual)
{
    Json value{{"score", toString(score.score)},
               {"threshold", score.separation.threshold},
               {"coverage", percent * score.separation.coverage}};
    if (hasUnusual) {
        value["area"] = score.separation.area;
        value["interval"] = {score.separation.interval.low, score.separation.interval.high};
        value["false_alarms"] = percent * score.separation.falseAlarms;
    }
    return value;
}

/// With what the checkpoint itself may say taken back: 1 is no temperature, and an empty text no key.
std::map<std::string, std::string> sidecarTrust(const KeptTrust& trust)
{
    std::map<std::string, std::string> metadata = asMetadata(trust);
    metadata.try_emplace(std::string(temperatureKey), "1");
    for (const std::string_view key : {noveltyScoreKey, noveltyThresholdKey})
        metadata.try_emplace(std::string(key));
    return metadata;
}

std::ostringstream plainText()
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed;
    return text;
}

void writeOrRemove(const fs::path& path, bool isThere, const std::string& text)
{
    std::error_code ignored;
    if (isThere)
        writeFileAtomically(path, text);
    else
        fs::remove(path, ignored);
}

std::string reliabilityCsv(const Calibration& calibration)
{
    std::string text = csvHeader("temperature,low,high,n,confidence,accuracy,interval_low,interval_high");
    for (const auto& [temperature, reliability] :
         {std::pair(1.0, &calibration.before), std::pair(calibration.temperature, &calibration.after)})
        for (const ReliabilityBin& bin : reliability->bins) {
            CsvLine line;
            line.number(temperature).number(bin.low).number(bin.high).number(bin.n);
            for (const double share : {bin.confidence, bin.accuracy, bin.interval.low, bin.interval.high})
                line.number(percent * share);
            text += line.str();
        }
    return text;
}

std::string coverageCsv(const NoveltyStudy& novelty)
{
    std::string text = csvHeader("score,coverage,n,accuracy");
    for (const StudiedScore& score : novelty.scores)
        for (const CoveragePoint& point : score.coverage)
            text += CsvLine()
                        .text(toString(score.score))
                        .number(percent * point.coverage)
                        .number(point.n)
                        .number(percent * point.accuracy)
                        .str();
    return text;
}

} // namespace

TrustReport TrustReport::of(const Evaluation& evaluation, const std::vector<AskedPicture>& known,
                            const std::vector<AskedPicture>& unusual, double coverage, std::uint64_t seed)
{
    TrustReport report;
    report.macro = macroAverage(evaluation, seed);
    std::vector<LabelledLogits> logits;
    for (const AskedPicture& picture : known)
        logits.push_back({picture.logits, picture.trueClass});
    report.calibration = calibrate(logits, seed);
    report.novelty = studyNovelty(known, unusual, coverage, seed);
    report.coverage = coverage;
    return report;
}

KeptTrust keptTrust(const TrustReport& report, EnergyReference energies, bool withTemperature,
                    std::optional<NoveltyScore> score)
{
    KeptTrust trust;
    trust.energies = std::move(energies);
    if (withTemperature && report.calibration)
        trust.temperature = report.calibration->temperature;
    if (!score || !report.novelty || *score == NoveltyScore::OutputDistance)
        return trust;
    const auto studied = std::ranges::find(report.novelty->scores, *score, &StudiedScore::score);
    if (studied == report.novelty->scores.end())
        return trust;
    trust.score = score;
    trust.threshold = studied->separation.threshold;
    return trust;
}

void keepTrust(const fs::path& checkpoint, const KeptTrust& trust)
{
    keepBeside(checkpoint, sidecarTrust(trust));
}

ModelDescription withTrust(ModelDescription model, const KeptTrust& trust)
{
    for (const auto& [key, text] : sidecarTrust(trust)) {
        std::erase_if(model.training, [&key](const TrainingNote& note) { return note.key == key; });
        if (!text.empty())
            model.training.push_back({key, text});
    }
    return model;
}

void addTo(Json& evaluation, const TrustReport& report)
{
    evaluation["macro_average"] = {
        {"acc@1", percent * report.macro.accuracy},
        {"interval", {percent * report.macro.interval.low, percent * report.macro.interval.high}},
        {"classes", report.macro.classes}};
    if (report.calibration)
        evaluation["calibration"] = {{"temperature", report.calibration->temperature},
                                     {"fitted_on", report.calibration->fitted},
                                     {"before", asJson(report.calibration->before)},
                                     {"after", asJson(report.calibration->after)}};
    if (!report.novelty)
        return;
    const NoveltyStudy& novelty = *report.novelty;
    Json scores = Json::array();
    for (const StudiedScore& score : novelty.scores)
        scores.push_back(asJson(score, novelty.unusual > 0));
    const StudiedScore& best = novelty.scores[novelty.best];
    evaluation["none_of_these"] = {{"score", toString(best.score)},
                                   {"threshold", best.separation.threshold},
                                   {"keeps", percent * report.coverage},
                                   {"fitted_on", novelty.fitted},
                                   {"known", novelty.known},
                                   {"unusual", novelty.unusual},
                                   {"unusual_pictures", report.unusual},
                                   {"scores", std::move(scores)}};
}

std::string asText(const TrustReport& report)
{
    std::ostringstream text = plainText();
    text << "macro\t" << std::setprecision(2) << percent * report.macro.accuracy << " % ("
         << percent * report.macro.interval.low << " to " << percent * report.macro.interval.high << ") over "
         << report.macro.classes << " classes\n";
    if (report.calibration)
        text << "calibration\terror " << percent * report.calibration->before.error << " %, "
             << percent * report.calibration->after.error << " % with temperature " << std::setprecision(3)
             << report.calibration->temperature << " (fitted on " << report.calibration->fitted << ", told of "
             << report.calibration->before.n << ")\n";
    if (!report.novelty || report.novelty->unusual == 0)
        return text.str();
    for (const StudiedScore& score : report.novelty->scores) {
        const bool isBest = &score == &report.novelty->scores[report.novelty->best];
        text << "unusual\t" << toString(score.score) << "\tAUROC " << std::setprecision(3) << score.separation.area
             << " (" << score.separation.interval.low << " to " << score.separation.interval.high << ")\t"
             << std::setprecision(1) << percent * score.separation.falseAlarms << " % pass as known where "
             << percent * score.separation.coverage << " % of known ones do" << (isBest ? "\tchosen" : "") << '\n';
    }
    return text.str();
}

void writeTrust(const fs::path& folder, const TrustReport& report)
{
    writeOrRemove(folder / "reliability.csv", report.calibration.has_value(),
                  report.calibration ? reliabilityCsv(*report.calibration) : "");
    writeOrRemove(folder / "coverage.csv", report.novelty.has_value(),
                  report.novelty ? coverageCsv(*report.novelty) : "");
}

} // namespace ocellus
