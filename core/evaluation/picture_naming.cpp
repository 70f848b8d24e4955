// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/picture_naming.h"

#include <chrono>
#include <ctime>
#include <utility>

namespace ocellus {

namespace {

std::string today()
{
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm date{};
    gmtime_r(&now, &date);
    char text[16];
    std::strftime(text, sizeof text, "%Y-%m-%d", &date);
    return text;
}

} // namespace

NamedPrediction namePicture(Engine& engine, const ImageFile& picture, const AskingSettings& settings,
                            const KeptTrust& trust, const Progress& progress)
{
    PictureFacts facts;
    const AskedPicture asked = ask(engine, {picture, -1}, settings, progress, &facts);
    NamedPrediction prediction = predictionOf(picture.relative.generic_string(), asked.logits, trust);
    prediction.remark = remarkText(facts);
    return prediction;
}

PredictionSource predictionSource(const ModelDescription& model, std::string program)
{
    const std::string assumptions = assumptionsText(model);
    return {std::move(program), model.path.filename().string() + (assumptions.empty() ? "" : " (" + assumptions + ")"),
            model.sha256, today()};
}

std::string sortingFolder(const NamedPrediction& prediction, const ClassTable& table)
{
    if (prediction.checked)
        return prediction.checked->scientific;
    return prediction.isUnusual == true ? "unusual" : scientificName(table, prediction.classIndex);
}

} // namespace ocellus
