// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/picture_finder.h"

#include <iterator>
#include <system_error>
#include <utility>

namespace ocellus {

namespace {

ImageListing filesAt(const std::filesystem::path& given, const std::stop_token& stop)
{
    const std::filesystem::path path = std::filesystem::absolute(given).lexically_normal();
    std::error_code ignored; // what cannot be looked at is reported when it is opened
    if (!std::filesystem::is_directory(path, ignored))
        return {{ImageFile{path, path.filename(), path.parent_path().filename().string()}}, {}};
    ImageListing listing = listImages(path, stop);
    if (listing.images.empty())
        throw Error(ErrorCode::NotFound, path.string(),
                    "expected pictures in the folder, found none" +
                        (listing.skipped.empty() ? "" : "; " + listing.skipped.sentence()),
                    "Choose a folder with JPEG, PNG, TIFF, WebP or BMP files.");
    for (ImageFile& file : listing.images)
        if (file.className.empty())
            file.className = path.filename().string();
    return listing;
}

} // namespace

PictureFinder::PictureFinder(QObject* parent) : QObject(parent) {}

void PictureFinder::find(const std::vector<std::filesystem::path>& filesAndFolders)
{
    m_queue.addBackground([this, filesAndFolders](const std::stop_token& stop) {
        std::vector<ImageFile> files;
        SkippedFiles skipped;
        std::vector<Failure> failures;
        for (const std::filesystem::path& path : filesAndFolders) {
            try {
                ImageListing more = filesAt(path, stop);
                files.insert(files.end(), std::make_move_iterator(more.images.begin()),
                             std::make_move_iterator(more.images.end()));
                skipped.add(more.skipped);
            } catch (...) {
                Failure failure = failureOf(Step::Picture, std::current_exception());
                if (failure.isCancelled())
                    return false;
                failures.push_back(std::move(failure));
            }
        }
        if (stop.stop_requested())
            return false;
        QMetaObject::invokeMethod(
            this,
            [this, files = std::move(files), skipped = std::move(skipped), failures = std::move(failures)] {
                if (!files.empty())
                    emit found(files);
                if (!skipped.empty())
                    emit leftOut(skipped);
                for (const Failure& failure : failures)
                    emit failed(failure);
            },
            Qt::QueuedConnection);
        return true;
    });
}

} // namespace ocellus
