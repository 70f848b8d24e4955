// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <QString>

#include "core/data/class_table.h"

namespace ocellus {

/// "6 Bobolink", or "class 6" of a class without a name.
inline QString classLabel(const ClassTable& table, int classIndex)
{
    const std::string number = std::to_string(classIndex);
    const std::string& name = table.entries[static_cast<std::size_t>(classIndex)].name;
    return QString::fromStdString(name == number ? "class " + number : number + " " + name);
}

} // namespace ocellus
