// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QByteArray>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include "core/image/picture.h"

namespace ocellus::test {

inline const QString pictureFolder = QStringLiteral(OCELLUS_TEST_DATA "/image/");

inline std::filesystem::path pathOf(const QString& file)
{
    return std::filesystem::path(file.toStdString());
}

/// What Pillow made of tests/data/image (tests/scripts/make_pictures.py).
inline QJsonObject expectedPictures()
{
    QFile file(pictureFolder + "expected.json");
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(file.fileName()));
    return QJsonDocument::fromJson(file.readAll()).object();
}

inline Picture expectedPicture(const QJsonValue& value)
{
    const QByteArray bytes = QByteArray::fromBase64(value["rgb"].toString().toLatin1());
    return {{value["width"].toInt(), value["height"].toInt()}, {bytes.begin(), bytes.end()}};
}

} // namespace ocellus::test
