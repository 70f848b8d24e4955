// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/data_classes.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/data/class_matching.h"

namespace ocellus {

ClassTable classesOf(const std::optional<ClassTable>& given, const ModelDescription& model,
                     std::optional<FolderOrder> order)
{
    if (!given)
        return classesOfCheckpoint(model.classNames, model.offer.classes);
    requireCount(*given, model.offer.classes);
    if (model.classNames.empty() && !order && std::filesystem::is_directory(given->source))
        requireOrderOfFolders(given->source, listClassFolders(given->source).names);
    return withNamesOfCheckpoint(*given, model.classNames);
}

DataClasses classesOfData(const std::optional<ClassTable>& given, const ModelDescription& model,
                          const std::filesystem::path& data, std::optional<FolderOrder> order)
{
    if (!given && model.classNames.empty())
        return {classesInFolderOrder(data, model.offer.classes, order), "order"};
    ClassTable table = classesOf(given, model, order);
    if (!given || !table.isIndexed || areNumbers(model.classNames) || !areNumbers(listClassFolders(data).names))
        return {std::move(table), "name"};
    // Names in the checkpoint that agree with the table leave no doubt which order its numbers have.
    const bool isCertain = !model.classNames.empty();
    return {withNumbersOfFolders(std::move(table), data, isCertain ? FolderOrder::Natural : order), "index"};
}

DataClasses classesOfDataset(const std::optional<ClassTable>& given, const ModelDescription& model,
                             const NamedDataset& set, std::optional<FolderOrder> order)
{
    if (given || !model.classNames.empty())
        return {classesOf(given, model, order), "name"};
    ClassTable table;
    for (const std::string& name : set.state.classNames)
        table.entries.push_back({name, {}});
    table.source = set.file.string();
    table.reading = "the data set's classes in byte order";
    requireCount(table, model.offer.classes);
    return {std::move(table), "order"};
}

std::string description(const DataClasses& classes)
{
    return "folders by " + classes.matchedBy + "; " + classes.table.reading +
           (classes.table.source == "checkpoint" ? "" : " (" + classes.table.source + ")");
}

LabelledData labelledData(const std::filesystem::path& folder, const std::optional<ClassTable>& given,
                          const ModelDescription& model, std::optional<FolderOrder> order, const std::stop_token& stop)
{
    LabelledData data;
    data.classes = classesOfData(given, model, folder, order);
    data.listing = listLabelledPictures(folder, data.classes.table, stop);
    return data;
}

LabelledData labelledData(const NamedDataset& set, std::optional<PictureSplit> part,
                          const std::optional<ClassTable>& given, const ModelDescription& model,
                          std::optional<FolderOrder> order)
{
    LabelledData data;
    data.classes = classesOfDataset(given, model, set, order);
    data.listing = listLabelledPictures(set, part, data.classes.table);
    return data;
}

std::optional<PictureSplit> usualPart(const DatasetState& state)
{
    const bool hasVal = std::ranges::any_of(state.members, [](const DatasetMember& member) {
        return member.takesPart() && member.split == PictureSplit::Val;
    });
    return hasVal ? std::optional(PictureSplit::Val) : std::nullopt;
}

void requireClasses(const ModelDescription& model, const std::string& subject)
{
    if (!model.offer.hasLogits)
        throw Error(ErrorCode::BadArgument, subject, "expected a model that knows classes, got a bare backbone",
                    "Train a head on it first");
}

} // namespace ocellus
