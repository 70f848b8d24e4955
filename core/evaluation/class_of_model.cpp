// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/class_of_model.h"

#include "core/data/class_matching.h"

namespace ocellus {

std::optional<int> classOfModel(const ModelDescription& model, int classIndex, const ClassTable& names)
{
    if (classIndex < 0 || classIndex >= names.count())
        return std::nullopt;
    const int classes = model.offer.classes;
    if (model.classNames.empty())
        return classes == names.count() ? std::optional(classIndex) : std::nullopt;
    const ClassTable own = classesOfCheckpoint(model.classNames, classes);
    const ClassFinder finder(own);
    const ClassTable::Entry& entry = names.entries[static_cast<std::size_t>(classIndex)];
    for (const std::string& name : {entry.name, entry.latin, entry.folder})
        if (!name.empty())
            if (const std::optional<int> found = finder.find(name))
                return found;
    return std::nullopt;
}

} // namespace ocellus
