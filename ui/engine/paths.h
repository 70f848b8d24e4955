// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QFile>
#include <QString>

namespace ocellus {

/// File names as the system writes them, so that names outside ASCII survive the way through Qt.
inline std::filesystem::path toPath(const QString& text)
{
    return QFile::encodeName(text).toStdString();
}

inline QString toQString(const std::filesystem::path& path)
{
    return QFile::decodeName(path.c_str());
}

} // namespace ocellus
