// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/prediction_sheet.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/data/class_matching.h"
#include "core/data/name_text.h"
#include "core/evaluation/picture_naming.h"
#include "core/io/json_text.h"

namespace ocellus {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* format = "ocellus predictions";

Json asJson(const PredictedPicture& picture)
{
    const NamedPrediction& prediction = picture.prediction;
    Json value{{"path", picture.path.string()}, {"name", prediction.picture}};
    if (!picture.isNamed()) {
        value["failure"] = picture.failure;
        return value;
    }
    value["class"] = prediction.classIndex;
    value["probability"] = prediction.probability;
    if (prediction.second)
        value["second"] = {*prediction.second, prediction.secondProbability};
    if (prediction.isUnusual)
        value["unusual"] = *prediction.isUnusual;
    if (!prediction.remark.empty())
        value["remark"] = prediction.remark;
    if (prediction.checked)
        value["checked"] = {prediction.checked->scientific, prediction.checked->vernacular};
    if (picture.checkedClass)
        value["checked_class"] = *picture.checkedClass;
    return value;
}

/// Reads what textOf() writes; json's own exceptions are the caller's.
class SheetReader {
public:
    explicit SheetReader(const Json& all) : m_all(all) {}

    PredictionSheet read()
    {
        require(m_all.at("format") == format);
        PredictionSheet sheet;
        sheet.folder = m_all.at("folder").get<std::string>();
        sheet.checkpoint = m_all.at("checkpoint").get<std::string>();
        const Json& source = m_all.at("source");
        sheet.source = {source.at(0).get<std::string>(), source.at(1).get<std::string>(),
                        source.at(2).get<std::string>(), source.at(3).get<std::string>()};
        for (const Json& entry : m_all.at("classes"))
            sheet.table.entries.push_back({entry.at(0).get<std::string>(), entry.at(1).get<std::string>()});
        m_classes = sheet.table.count();
        sheet.planned = m_all.at("planned").get<std::size_t>();
        for (const Json& picture : m_all.at("pictures"))
            sheet.pictures.push_back(readPicture(picture));
        return sheet;
    }

private:
    static void require(bool condition)
    {
        if (!condition)
            throw Error(ErrorCode::Damaged, "predictions", "it is no table of predictions");
    }

    int classIn(const Json& value) const
    {
        const int classIndex = value.get<int>();
        require(classIndex >= 0 && classIndex < m_classes);
        return classIndex;
    }

    PredictedPicture readPicture(const Json& value) const
    {
        PredictedPicture picture;
        picture.path = value.at("path").get<std::string>();
        picture.prediction.picture = value.at("name").get<std::string>();
        if (value.contains("failure")) {
            picture.failure = value["failure"].get<std::string>();
            require(!picture.failure.empty());
            return picture;
        }
        NamedPrediction& prediction = picture.prediction;
        prediction.classIndex = classIn(value.at("class"));
        prediction.probability = value.at("probability").get<double>();
        if (value.contains("second")) {
            prediction.second = classIn(value["second"].at(0));
            prediction.secondProbability = value["second"].at(1).get<double>();
        }
        if (value.contains("unusual"))
            prediction.isUnusual = value["unusual"].get<bool>();
        prediction.remark = value.value("remark", std::string());
        if (value.contains("checked")) {
            prediction.checked =
                CheckedName{value["checked"].at(0).get<std::string>(), value["checked"].at(1).get<std::string>()};
            require(!prediction.checked->scientific.empty());
        }
        if (value.contains("checked_class"))
            picture.checkedClass = classIn(value["checked_class"]);
        return picture;
    }

    const Json& m_all;
    int m_classes = 0;
};

} // namespace

std::size_t PredictionSheet::checked() const
{
    return static_cast<std::size_t>(std::ranges::count_if(pictures, &PredictedPicture::isChecked));
}

void check(PredictedPicture& picture, const ClassTable& table, int classIndex)
{
    picture.prediction.checked = checkedName(table, classIndex);
    picture.checkedClass = classIndex;
}

void check(PredictedPicture& picture, const std::string& name)
{
    const std::string composed = normalised(name);
    if (composed.empty())
        throw Error(ErrorCode::BadArgument, "species", "expected a name, got none");
    picture.prediction.checked = CheckedName{composed, {}};
    picture.checkedClass.reset();
}

void keepChecks(PredictedPicture& picture, const PredictedPicture& before, const ClassTable& table)
{
    if (!before.isChecked() || !picture.isNamed())
        return;
    const ClassFinder finder(table);
    const CheckedName& name = *before.prediction.checked;
    std::optional<int> own = finder.find(name.scientific);
    if (!own && !name.vernacular.empty())
        own = finder.find(name.vernacular);
    if (own)
        check(picture, table, *own);
    else
        check(picture, name.scientific);
}

std::string csvOf(const PredictionSheet& sheet)
{
    std::string text = predictionHeader();
    for (const PredictedPicture& picture : sheet.pictures)
        text += picture.isNamed() ? predictionLine(picture.prediction, sheet.table, sheet.source)
                                  : unreadLine(picture.prediction.picture, picture.failure);
    return text;
}

Dataset datasetOf(const PredictionSheet& sheet)
{
    Dataset dataset;
    dataset.sources = {sheet.folder};
    for (const PredictedPicture& picture : sheet.pictures) {
        if (!picture.isChecked())
            continue;
        DatasetPicture& member = dataset.pictures.emplace_back();
        member.path = picture.path;
        // A class of the model keeps the name that it was trained under, so that both sets have one class.
        member.className =
            normalised(picture.checkedClass ? sheet.table.entries[static_cast<std::size_t>(*picture.checkedClass)].name
                                            : picture.prediction.checked->scientific);
    }
    if (dataset.pictures.empty())
        throw Error(ErrorCode::NotFound, sheet.folder.string(), "expected pictures that were confirmed or corrected",
                    "Confirm some by Return, or type what they show");
    return dataset;
}

std::vector<SortedPicture> sortingOf(const PredictionSheet& sheet)
{
    std::vector<SortedPicture> sorted;
    for (const PredictedPicture& picture : sheet.pictures)
        if (picture.isNamed())
            sorted.push_back({picture.path, sortingFolder(picture.prediction, sheet.table), {}});
    return sorted;
}

std::string textOf(const PredictionSheet& sheet)
{
    Json classes = Json::array(), pictures = Json::array();
    for (const ClassTable::Entry& entry : sheet.table.entries)
        classes.push_back({entry.name, entry.latin});
    for (const PredictedPicture& picture : sheet.pictures)
        pictures.push_back(asJson(picture));
    const PredictionSource& source = sheet.source;
    return jsonText({{"format", format},
                     {"folder", sheet.folder.string()},
                     {"checkpoint", sheet.checkpoint.string()},
                     {"source", {source.program, source.model, source.modelHash, source.date}},
                     {"classes", std::move(classes)},
                     {"planned", sheet.planned},
                     {"pictures", std::move(pictures)}});
}

PredictionSheet sheetIn(const std::string& text, const std::string& source)
{
    try {
        const Json all = Json::parse(text);
        return SheetReader(all).read();
    } catch (const std::exception&) {
        throw Error(ErrorCode::Damaged, source, "expected a table of predictions that Ocellus kept",
                    "Name the pictures again");
    }
}

} // namespace ocellus
