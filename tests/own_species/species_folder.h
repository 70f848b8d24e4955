// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>

namespace ocellus::test {

/// A temporary folder with a folder of small pictures for each species, each species of a colour of its own, each
/// picture with a pattern of its own.
class SpeciesFolder {
public:
    explicit SpeciesFolder(const QStringList& species = {QStringLiteral("ant"), QStringLiteral("bee")},
                           int pictures = 12, int side = 40)
    {
        for (int i = 0; i < species.size(); ++i)
            for (int number = 0; number < pictures; ++number)
                add(QStringLiteral("%1/%2_%3.png").arg(species[i], QString(species[i]).replace('/', '-')).arg(number),
                    picture(i, number, side));
    }

    QString path() const { return m_folder.path(); }
    QString path(const QString& name) const { return m_folder.filePath(name); }

    void add(const QString& name, const QImage& image) const
    {
        makeFolderOf(name);
        if (!image.save(path(name)))
            qFatal("cannot write %s", qPrintable(name));
    }

    void add(const QString& name, const QByteArray& content) const
    {
        makeFolderOf(name);
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
    }

    /// Blocks of light and dark at places that only this number has, in the species' colour.
    static QImage picture(int species, int number, int side = 40)
    {
        QImage image(side, side, QImage::Format_RGB32);
        image.fill(QColor::fromHsv(species * 97 % 360, 220, 200));
        quint32 random = static_cast<quint32>(species * 1000 + number) * 2654435761U + 12345U;
        const int block = side / 8;
        for (int row = 0; row < 8; ++row)
            for (int column = 0; column < 8; ++column) {
                random = random * 1664525U + 1013904223U;
                const QColor colour = QColor::fromHsv(species * 97 % 360, 200, static_cast<int>(random >> 24));
                for (int y = 0; y < block; ++y)
                    for (int x = 0; x < block; ++x)
                        image.setPixelColor(column * block + x, row * block + y, colour);
            }
        return image;
    }

private:
    void makeFolderOf(const QString& name) const
    {
        if (!QDir(m_folder.path()).mkpath(QFileInfo(name).path()))
            qFatal("cannot make the folder of %s", qPrintable(name));
    }

    QTemporaryDir m_folder;
};

} // namespace ocellus::test
