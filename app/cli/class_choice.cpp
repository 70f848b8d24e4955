// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/class_choice.h"

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

} // namespace ocellus
