// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_log.h"

#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/atomic_file.h"

namespace ocellus {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longestLine = 4096;

Json toJson(const EpochReport& report)
{
    return {{"epoch", report.epoch},
            {"loss", report.trainLoss},
            {"train_acc@1", report.trainAccuracy},
            {"val_loss", report.valLoss},
            {"acc@1", report.accuracy1},
            {"acc@5", report.accuracy5},
            {"lr", report.learningRate},
            {"lr_backbone", report.backboneLearningRate},
            {"pictures_per_second", report.picturesPerSecond},
            {"seconds", report.seconds}};
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
    return report;
}

} // namespace

void writeTrainingLog(const std::filesystem::path& path, const std::vector<EpochReport>& reports)
{
    AtomicFile file(path);
    for (const EpochReport& report : reports)
        file.write(toJson(report).dump() + "\n");
    file.commit();
}

std::vector<EpochReport> readTrainingLog(const std::filesystem::path& path, int lastEpoch)
{
    std::vector<EpochReport> reports;
    if (!std::filesystem::exists(path))
        return reports;
    std::ifstream stream(path, std::ios::binary);
    std::string line;
    while (static_cast<int>(reports.size()) < lastEpoch && std::getline(stream, line)) {
        const std::string where = path.string() + ", line " + std::to_string(reports.size() + 1);
        if (line.size() > longestLine)
            throw Error(ErrorCode::TooLarge, where, "expected at most 4096 characters a line");
        try {
            reports.push_back(fromJson(Json::parse(line)));
        } catch (const nlohmann::json::exception& error) {
            throw Error(ErrorCode::Damaged, where, std::string("expected what training wrote: ") + error.what(),
                        "Move the file away to resume without it");
        }
    }
    return reports;
}

} // namespace ocellus
