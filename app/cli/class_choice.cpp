// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/class_choice.h"

#include "core/data/class_matching.h"

namespace ocellus {

namespace {

constexpr const char* orderOption = "--class-order";

} // namespace

void addClassOrderOption(CLI::App& command, std::string& order)
{
    command.add_option(
        orderOption, order,
        "Where folders are classes by their order: bytes (as torchvision: 1, 10, 2) or natural (1, 2, 10)");
}

std::optional<FolderOrder> chosenOrder(const std::string& option)
{
    return option.empty() ? std::nullopt : std::optional(folderOrderFromName(option, orderOption));
}

std::optional<ClassTable> givenClasses(const std::string& option, std::optional<FolderOrder> order)
{
    return option.empty() ? std::nullopt : std::optional(readClassTable(option, order.value_or(FolderOrder::Bytes)));
}

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

std::string description(const DataClasses& classes)
{
    return "folders by " + classes.matchedBy + "; " + classes.table.reading +
           (classes.table.source == "checkpoint" ? "" : " (" + classes.table.source + ")");
}

} // namespace ocellus
