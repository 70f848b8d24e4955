// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/picture_finder.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <system_error>
#include <utility>

namespace ocellus {

namespace {

// Each part makes the list sort and name its pictures anew: a few parts, of which each is larger than the last.
constexpr std::size_t FirstPart = 256;
constexpr std::size_t Growth = 2;
constexpr std::chrono::milliseconds FirstLook{400}; ///< of the first picture, which is read and answered for meanwhile

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
        file = inOwnFolder(std::move(file), path);
    return listing;
}

} // namespace

ImageFile inOwnFolder(ImageFile file, const std::filesystem::path& folder)
{
    if (file.className.empty())
        file.className = folder.filename().string();
    return file;
}

PictureFinder::PictureFinder(QObject* parent) : QObject(parent)
{
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, this, &PictureFinder::tellMore);
}

void PictureFinder::forget()
{
    m_rest.clear();
    m_told = 0;
}

void PictureFinder::tell(std::vector<ImageFile> files)
{
    // What is left of another folder comes first: its pictures were asked for before.
    while (!m_rest.empty())
        tellMore();
    m_told = std::min(FirstPart, files.size());
    const std::vector<ImageFile> first(files.begin(), files.begin() + static_cast<std::ptrdiff_t>(m_told));
    if (m_told < files.size()) {
        m_rest = std::move(files);
        m_turn.start(FirstLook);
    }
    emit found(first);
}

void PictureFinder::tellMore()
{
    const std::size_t begin = m_told;
    m_told = std::min(begin * Growth, m_rest.size());
    const std::vector<ImageFile> part(std::make_move_iterator(m_rest.begin() + static_cast<std::ptrdiff_t>(begin)),
                                      std::make_move_iterator(m_rest.begin() + static_cast<std::ptrdiff_t>(m_told)));
    if (m_told == m_rest.size())
        forget();
    else
        m_turn.start(0);
    if (!part.empty())
        emit foundMore(part);
}

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
            [this, files = std::move(files), skipped = std::move(skipped), failures = std::move(failures)]() mutable {
                if (!files.empty())
                    tell(std::move(files));
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
