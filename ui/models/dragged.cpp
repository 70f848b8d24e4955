// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/dragged.h"

#include <QMimeData>

namespace ocellus {

namespace {

const QString classType = QStringLiteral("application/x-ocellus-classes");
const QString pictureType = QStringLiteral("application/x-ocellus-pictures");
constexpr qsizetype mostBytes = 1 << 20; ///< of what is looked at

QMimeData* dataOf(const QString& type, const QByteArray& content)
{
    auto* data = new QMimeData;
    data->setData(type, content);
    return data;
}

} // namespace

QStringList classDragTypes()
{
    return {classType};
}

QStringList pictureDragTypes()
{
    return {pictureType};
}

QMimeData* dragOfClasses(const QList<int>& classes)
{
    QByteArrayList numbers;
    for (const int classIndex : classes)
        numbers << QByteArray::number(classIndex);
    return dataOf(classType, numbers.join('\n'));
}

QMimeData* dragOfPictures(const std::vector<std::filesystem::path>& pictures)
{
    QByteArrayList paths;
    for (const std::filesystem::path& path : pictures)
        paths << QByteArray::fromStdString(path.string()).toBase64(); // a path can hold anything, a line's end too
    return dataOf(pictureType, paths.join('\n'));
}

QList<int> draggedClasses(const QMimeData& data)
{
    const QByteArray content = data.data(classType).left(mostBytes);
    QList<int> classes;
    if (content.isEmpty())
        return classes;
    for (const QByteArray& number : content.split('\n')) {
        bool isNumber = false;
        const int classIndex = number.toInt(&isNumber);
        if (!isNumber || classIndex < 0)
            return {};
        if (!classes.contains(classIndex))
            classes << classIndex;
    }
    return classes;
}

std::vector<std::filesystem::path> draggedPictures(const QMimeData& data)
{
    const QByteArray content = data.data(pictureType).left(mostBytes);
    std::vector<std::filesystem::path> pictures;
    if (content.isEmpty())
        return pictures;
    for (const QByteArray& line : content.split('\n')) {
        const auto path = QByteArray::fromBase64Encoding(line, QByteArray::AbortOnBase64DecodingErrors);
        if (!path || path.decoded.isEmpty())
            return {};
        pictures.emplace_back(path.decoded.toStdString());
    }
    return pictures;
}

} // namespace ocellus
