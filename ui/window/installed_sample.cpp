// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/installed_sample.h"

#include <QCoreApplication>
#include <QDir>

#include "ui/engine/paths.h"

namespace ocellus {

std::filesystem::path installedSample()
{
    return toPath(QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/ocellus/sample")));
}

} // namespace ocellus
