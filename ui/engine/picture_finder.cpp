// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/picture_finder.h"

#include <iterator>
#include <system_error>
#include <utility>

namespace ocellus {

namespace {

std::vector<ImageFile> filesAt(const std::filesystem::path& given, const Progress& progress)
{
    const std::filesystem::path path = std::filesystem::absolute(given).lexically_normal();
    std::error_code ignored; // what cannot be looked at is reported when it is opened
    if (!std::filesystem::is_directory(path, ignored))
        return {ImageFile{path, path.filename(), path.parent_path().filename().string()}};
    std::vector<ImageFile> files = listImages(path, progress);
    if (files.empty())
        throw Error(ErrorCode::NotFound, path.string(), "expected pictures in the folder, found none",
                    "Choose a folder with JPEG, PNG, TIFF, WebP or BMP files.");
    for (ImageFile& file : files)
        if (file.className.empty())
            file.className = path.filename().string();
    return files;
}

} // namespace

PictureFinder::PictureFinder(QObject* parent) : QObject(parent) {}

void PictureFinder::find(const std::vector<std::filesystem::path>& filesAndFolders)
{
    m_queue.addBackground([this, filesAndFolders](std::stop_token stop) {
        const Progress progress(std::move(stop));
        std::vector<ImageFile> files;
        std::vector<Failure> failures;
        for (const std::filesystem::path& path : filesAndFolders) {
            try {
                progress.throwIfStopped();
                std::vector<ImageFile> more = filesAt(path, progress);
                files.insert(files.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
            } catch (...) {
                Failure failure = failureOf(Step::Picture, std::current_exception());
                if (failure.isCancelled())
                    return false;
                failures.push_back(std::move(failure));
            }
        }
        QMetaObject::invokeMethod(
            this,
            [this, files = std::move(files), failures = std::move(failures)] {
                if (!files.empty())
                    emit found(files);
                for (const Failure& failure : failures)
                    emit failed(failure);
            },
            Qt::QueuedConnection);
        return true;
    });
}

} // namespace ocellus
