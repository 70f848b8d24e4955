// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/class_choice.h"

#include "core/data/class_matching.h"

namespace ocellus {

std::optional<ClassTable> givenClasses(const std::string& option)
{
    return option.empty() ? std::nullopt : std::optional(readClassTable(option));
}

ClassTable classesOf(const std::optional<ClassTable>& given, const ModelDescription& model)
{
    if (!given)
        return classesOfCheckpoint(model.classNames, model.config.queries);
    requireCount(*given, model.config.queries);
    return *given;
}

ClassTable classesOfData(const std::optional<ClassTable>& given, const ModelDescription& model,
                         const std::filesystem::path& data)
{
    if (!given && model.classNames.empty())
        return classesInFolderOrder(data, model.config.queries);
    return classesOf(given, model);
}

} // namespace ocellus
