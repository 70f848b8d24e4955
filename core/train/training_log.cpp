// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_log.h"

#include <cstdint>
#include <span>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/input_file.h"

namespace ocellus {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t largestLog = 64'000'000; // 100,000 epochs
constexpr const char* wayOut = "Move the file away to resume without it";

Json toJson(const EpochReport& report)
{
    Json line = {{"epoch", report.epoch},
                 {"loss", report.trainLoss},
                 {"train_acc@1", report.trainAccuracy},
                 {"val_loss", report.valLoss},
                 {"acc@1", report.accuracy1},
                 {"acc@5", report.accuracy5},
                 {"lr", report.learningRate},
                 {"lr_backbone", report.backboneLearningRate},
                 {"pictures_per_second", report.picturesPerSecond},
                 {"seconds", report.seconds},
                 {"classes_never_named", report.neverNamed.count},
                 {"first_never_named", report.neverNamed.first}};
    if (!report.canBeBest)
        line["can_be_best"] = false;
    return line;
}

EpochReport fromJson(const Json& line)
{
    EpochReport report;
    report.epoch = line.at("epoch").get<int>();
    report.trainLoss = line.at("loss").get<double>();
    report.trainAccuracy = line.at("train_acc@1").get<double>();
    report.valLoss = line.at("val_loss").get<double>();
    report.accuracy1 = line.at("acc@1").get<double>();
    report.accuracy5 = line.at("acc@5").get<double>();
    report.learningRate = line.at("lr").get<double>();
    report.backboneLearningRate = line.at("lr_backbone").get<double>();
    report.picturesPerSecond = line.at("pictures_per_second").get<double>();
    report.seconds = line.at("seconds").get<double>();
    report.neverNamed.count = line.value("classes_never_named", 0);
    report.neverNamed.first = line.value("first_never_named", std::vector<std::string>());
    report.canBeBest = line.value("can_be_best", true);
    return report;
}

} // namespace

void writeTrainingLog(const std::filesystem::path& path, const std::vector<EpochReport>& reports)
{
    AtomicFile file(path);
    for (const EpochReport& report : reports)
        file.write(toJson(report).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    file.commit();
}

std::vector<EpochReport> readTrainingLog(const std::filesystem::path& path, int lastEpoch)
{
    std::vector<EpochReport> reports;
    std::error_code unknown;
    if (!std::filesystem::exists(path, unknown) && !unknown)
        return reports;
    const InputFile file(path);
    if (file.size() > largestLog)
        throw Error(ErrorCode::TooLarge, path.string(),
                    "expected at most " + std::to_string(largestLog) + " bytes, got " + std::to_string(file.size()));
    std::string text(file.size(), '\0');
    file.readAt(0, std::as_writable_bytes(std::span(text)));
    std::istringstream stream(text);
    std::string line;
    while (static_cast<int>(reports.size()) < lastEpoch && std::getline(stream, line)) {
        const int expected = static_cast<int>(reports.size()) + 1;
        const std::string where = path.string() + ", line " + std::to_string(expected);
        try {
            reports.push_back(fromJson(Json::parse(line)));
        } catch (const nlohmann::json::exception& error) {
            throw Error(ErrorCode::Damaged, where, std::string("expected what training wrote: ") + error.what(),
                        wayOut);
        }
        if (reports.back().epoch != expected)
            throw Error(ErrorCode::Damaged, where,
                        "expected epoch " + std::to_string(expected) + ", got " + std::to_string(reports.back().epoch),
                        wayOut);
    }
    return reports;
}

} // namespace ocellus
