// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>

#include "core/evaluation/picture_asking.h"
#include "core/projection/patch_search.h"
#include "tests/support/small_prototypes.h"

namespace ocellus::test {

/// A folder with models of small_prototypes.h and pictures of their three classes, "a" to "c".
class TrainingFolder {
public:
    QString file(const QString& name) const { return m_folder.filePath(name); }
    std::filesystem::path path(const QString& name = {}) const { return file(name).toStdString(); }

    std::filesystem::path write(const QString& name, const std::string& bytes) const
    {
        QDir().mkpath(QFileInfo(file(name)).path());
        QFile target(file(name));
        if (!target.open(QIODevice::WriteOnly) || target.write(QByteArray::fromStdString(bytes)) < 0)
            qFatal("cannot write %s", qPrintable(name));
        return path(name);
    }

    /// `data`/a/0.png ...: of each class so many pictures, no two alike.
    void makePictures(const QString& data, int ofEach) const
    {
        for (const char* name : {"a", "b", "c"})
            for (int i = 0; i < ofEach; ++i)
                makePicture(data + "/" + name + "/" + QString::number(i) + ".png", 3 * i + name[0]);
    }

    void makePicture(const QString& name, int seed, int width = 24, int height = 20) const
    {
        QDir().mkpath(QFileInfo(file(name)).path());
        QImage image(width, height, QImage::Format_RGB32);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                image.setPixel(x, y,
                               qRgb((x * (seed % 17 + 3) + y * y) % 256, (y * (seed % 23 + 5)) % 256,
                                    (x * y * (seed % 7 + 1)) % 256));
        if (!image.save(file(name)))
            qFatal("cannot save %s", qPrintable(name));
    }

private:
    QTemporaryDir m_folder;
};

/// A whole search, one picture after the other.
struct SearchedFolder {
    Engine engine{askingOptions({})};
    std::unique_ptr<PatchSearch> search;

    SearchedFolder(const std::filesystem::path& model, std::filesystem::path data,
                   const PatchSearch::Settings& settings)
    {
        const ModelDescription& opened = engine.open(model);
        LabelledData pictures = trainingPictures(data, {}, opened, {}, {});
        search = std::make_unique<PatchSearch>(opened, data, std::move(pictures), settings);
    }

    PrototypeProjection run()
    {
        for (std::size_t i = 0; i < search->pictures(); ++i)
            search->search(engine, i, {});
        return search->result();
    }
};

} // namespace ocellus::test
