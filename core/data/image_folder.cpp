// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_folder.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "core/base/error.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t maxFiles = 1'000'000;

/// A folder to be listed; its path as the user sees it, below the listed one.
struct Folder {
    fs::path path;
    fs::path relative;
};

/// A picture with the place where it really lies. Texts: a path takes its parts apart, ten times as much memory and
/// time.
struct Found {
    std::string path;
    std::string relative;
    std::string className;
    std::string real;
};

std::string joined(const fs::path& folder, const std::string& name)
{
    std::string path = folder.native();
    if (!path.empty() && path.back() != '/')
        path += '/';
    return path += name;
}

[[noreturn]] void throwUnreadable(const fs::path& folder, const std::error_code& failure)
{
    throw Error(failure == std::errc::no_such_file_or_directory ? ErrorCode::NotFound : ErrorCode::Unreadable,
                folder.string(), failure.message());
}

std::string lowerExtension(const std::string& path)
{
    std::string extension = fs::path(path.substr(path.rfind('/') + 1)).extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return extension;
}

/// True for what decodePicture reads, by the extension alone.
bool isReadable(const std::string& path)
{
    constexpr std::array<std::string_view, 9> readable{".bmp", ".dib", ".jfif", ".jpe", ".jpeg",
                                                       ".jpg", ".png", ".tif",  ".webp"};
    const std::string extension = lowerExtension(path);
    return extension == ".tiff" || std::ranges::find(readable, extension) != readable.end();
}

/// Lists a folder and what links lead to: real folders first, so that their pictures keep their own paths, and each
/// folder once, so that no loop and no net of links is walked twice.
class Walk {
public:
    Walk(const fs::path& root, const std::stop_token& stop) : m_stop(stop), m_root(root) {}

    ImageListing list()
    {
        std::error_code failure;
        m_realRoot = fs::canonical(m_root, failure);
        if (failure)
            throwUnreadable(m_root, failure);
        walk({m_root, {}});
        while (!m_links.empty()) {
            std::ranges::sort(m_links, {}, [](const Folder& link) { return link.relative.native(); });
            const std::vector<Folder> links = std::exchange(m_links, {});
            for (const Folder& link : links)
                walk(link);
        }
        takeLinkedFiles();
        leaveRawTwins();
        std::ranges::sort(m_found, {}, &Found::relative);
        for (Found& found : m_found)
            m_listing.images.push_back({std::move(found.path), std::move(found.relative), std::move(found.className)});
        return std::move(m_listing);
    }

private:
    void skip(const std::string& reason, const fs::path& relative, bool isFolder = false)
    {
        m_listing.skipped.add(reason, relative.generic_string() + (isFolder ? "/" : ""));
    }

    /// With all real folders below it.
    void walk(const Folder& top)
    {
        std::vector<Folder> pending{top};
        while (!pending.empty()) {
            const Folder folder = std::move(pending.back());
            pending.pop_back();
            std::error_code failure;
            const fs::path real = fs::canonical(folder.path, failure);
            if (failure)
                skip("may not be read", folder.relative, true);
            else if (leadsBack(folder, real))
                skip("link back to a folder above", folder.relative, true);
            else if (!m_seen.insert(real).second)
                skip("listed already under another name", folder.relative, true);
            else
                listOne(folder, real, pending);
        }
    }

    bool leadsBack(const Folder& folder, const fs::path& real) const
    {
        if (folder.relative.empty())
            return false;
        std::error_code failure;
        return isAbove(real, m_realRoot) || isAbove(real, fs::canonical(folder.path.parent_path(), failure));
    }

    void listOne(const Folder& folder, const fs::path& real, std::vector<Folder>& pending)
    {
        std::error_code failure;
        fs::directory_iterator entry(folder.path, failure);
        for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
            if (m_stop.stop_requested())
                throw Error(ErrorCode::Cancelled, m_root.string(), "stopped");
            if (++m_seenFiles > maxFiles)
                throw Error(ErrorCode::TooLarge, m_root.string(),
                            "expected at most " + std::to_string(maxFiles) + " files", "Choose a folder further down.");
            consider(*entry, folder, real, pending);
        }
        if (failure && folder.relative.empty())
            throwUnreadable(m_root, failure);
        if (failure)
            skip("may not be read", folder.relative, true);
    }

    void consider(const fs::directory_entry& entry, const Folder& folder, const fs::path& realFolder,
                  std::vector<Folder>& pending)
    {
        std::error_code failure;
        const fs::path name = entry.path().filename();
        const std::string relative = joined(folder.relative, name.native());
        const bool isLink = entry.is_symlink(failure);
        const fs::file_status status = entry.status(failure);
        const bool isFolder = fs::is_directory(status);
        const FileKind kind = isFolder ? FileKind::Folder : FileKind::File;
        if (const std::string reason = reasonToSkip(name, kind); !reason.empty())
            skip(reason, relative, isFolder);
        else if (isLink && !fs::exists(status))
            skip("link to nowhere", relative);
        else if (isFolder)
            (isLink ? m_links : pending).push_back({entry.path(), relative});
        else if (!fs::is_regular_file(status))
            skip("device or pipe", relative);
        else if (!looksLikePicture(name) && !holdsPicture(entry.path()))
            skip("no picture", relative);
        else
            (isLink ? m_foundLinks : m_found)
                .push_back(
                    {entry.path().native(), relative, folder.relative.filename().native(),
                     isLink ? fs::canonical(entry.path(), failure).native() : joined(realFolder, name.native())});
    }

    void takeLinkedFiles()
    {
        if (m_foundLinks.empty())
            return;
        std::unordered_set<std::string> taken;
        for (const Found& found : m_found)
            taken.insert(found.real);
        std::ranges::sort(m_foundLinks, {}, &Found::relative);
        for (Found& found : m_foundLinks) {
            if (taken.insert(found.real).second)
                m_found.push_back(std::move(found));
            else
                skip("listed already under another name", found.relative);
        }
    }

    /// Cameras write a raw file and phones a HEIC beside each JPEG: one shot, of which only one can be read.
    void leaveRawTwins()
    {
        const auto stem = [](const Found& found) {
            return found.relative.substr(0,
                                         found.relative.size() - fs::path(found.relative).extension().native().size());
        };
        const auto isTwinOfAny = [](const Found& found) {
            return !isReadable(found.relative) && looksLikePicture(found.relative);
        };
        if (std::ranges::none_of(m_found, isTwinOfAny))
            return;
        std::unordered_set<std::string> readable;
        for (const Found& found : m_found)
            if (isReadable(found.relative))
                readable.insert(stem(found));
        std::erase_if(m_found, [&](const Found& found) {
            const bool isTwin = isTwinOfAny(found) && readable.contains(stem(found));
            if (isTwin)
                skip("raw or HEIC twin of a picture", found.relative);
            return isTwin;
        });
    }

    static bool isAbove(const fs::path& folder, const fs::path& below)
    {
        return std::mismatch(folder.begin(), folder.end(), below.begin(), below.end()).first == folder.end();
    }

    std::stop_token m_stop;
    fs::path m_root, m_realRoot;
    std::vector<Folder> m_links; ///< to folders, not followed yet
    std::vector<Found> m_found, m_foundLinks;
    std::set<fs::path> m_seen; ///< folders as they really lie
    std::size_t m_seenFiles = 0;
    ImageListing m_listing;
};

} // namespace

ImageListing listImages(const fs::path& folder, const std::stop_token& stop)
{
    std::error_code failure;
    if (!fs::is_directory(folder, failure)) {
        if (failure)
            throwUnreadable(folder, failure);
        throw Error(ErrorCode::Unreadable, folder.string(), "is a file, expected a folder of pictures");
    }
    return Walk(folder, stop).list();
}

} // namespace ocellus
