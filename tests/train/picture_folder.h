// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace ocellus::test {

/// A temporary data set, filled file by file.
class PictureFolder {
public:
    std::filesystem::path path() const { return m_folder.path().toStdString(); }

    void write(const QString& name, const QByteArray& bytes) const
    {
        makeFolder(QFileInfo(name).path());
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
    }

    void makeFolder(const QString& name) const
    {
        if (!QDir(m_folder.path()).mkpath(name))
            qFatal("cannot make the folder %s", qPrintable(name));
    }

    void remove(const QString& name) const
    {
        if (!QDir(m_folder.filePath(name)).removeRecursively())
            qFatal("cannot remove %s", qPrintable(name));
    }

private:
    QTemporaryDir m_folder;
};

/// A BMP file of `width` x `height` pixels of one grey level: as small as a whole picture can be written.
inline QByteArray greyBitmap(int width, int height, int level)
{
    const auto number = [](int value, int bytes) {
        QByteArray text;
        for (int i = 0; i < bytes; ++i)
            text.append(static_cast<char>(value >> (8 * i)));
        return text;
    };
    const int stride = (width * 3 + 3) / 4 * 4;
    const QByteArray pixels(stride * height, static_cast<char>(level));
    return "BM" + number(54 + static_cast<int>(pixels.size()), 4) + number(0, 4) + number(54, 4) + number(40, 4) +
           number(width, 4) + number(height, 4) + number(1, 2) + number(24, 2) + QByteArray(24, '\0') + pixels;
}

} // namespace ocellus::test
