// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session_files.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/data/class_rows.h"
#include "core/image/picture_address.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

std::string hashOfFolder(const fs::path& folder)
{
    std::string names;
    for (const ClassRow& row : rowsFromFolder(folder))
        names += row.name + "\n";
    return sha256(names);
}

/// Every file that a session names.
std::vector<std::pair<const char*, FileReference*>> referencesIn(Session& session)
{
    std::vector<std::pair<const char*, FileReference*>> references;
    if (session.model)
        references.emplace_back("model", &*session.model);
    if (session.classes)
        references.emplace_back("class table", &*session.classes);
    for (SessionPicture& picture : session.pictures)
        references.emplace_back("picture", &picture.file);
    return references;
}

/// A folder that was moved: what lay below `from` lies below `to`.
struct Move {
    fs::path from, to;

    static Move of(fs::path from, fs::path to)
    {
        while (from.filename() == to.filename() && from.has_relative_path() && to.has_relative_path()) {
            from = from.parent_path();
            to = to.parent_path();
        }
        return {std::move(from), std::move(to)};
    }

    std::optional<fs::path> placeOf(const fs::path& path) const
    {
        const fs::path below = path.lexically_relative(from);
        if (below.empty() || *below.begin() == "..")
            return std::nullopt;
        return (to / below).lexically_normal();
    }
};

bool isThere(const FileReference& wanted, const fs::path& path, const Progress& progress)
{
    return stateOf({path, wanted.sha256, wanted.bytes}, progress) == FileState::Found;
}

/// The file below the folder by its whole old path or the end of it, the longest first.
std::optional<fs::path> foundBelow(const fs::path& folder, const FileReference& wanted, const Progress& progress)
{
    const fs::path old = wanted.path.relative_path();
    for (auto start = old.begin(); start != old.end(); ++start) {
        fs::path candidate = folder;
        for (auto name = start; name != old.end(); ++name)
            candidate /= *name;
        if (isThere(wanted, candidate, progress))
            return candidate;
    }
    return std::nullopt;
}

/// Every file and folder below `folder` that has one of the names, by its name, in the order of their paths.
std::map<std::string, std::vector<fs::path>> placesBelow(const fs::path& folder, const std::set<std::string>& names,
                                                         const Progress& progress)
{
    constexpr std::size_t most = 1'000'000;
    std::map<std::string, std::vector<fs::path>> places;
    std::error_code failure;
    std::size_t seen = 0;
    for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, failure), end;
         !failure && entry != end && seen < most; entry.increment(failure), ++seen) {
        progress.throwIfStopped();
        if (std::string name = entry->path().filename().string(); names.contains(name))
            places[std::move(name)].push_back(entry->path());
    }
    for (auto& [name, paths] : places)
        std::ranges::sort(paths);
    return places;
}

std::optional<fs::path> foundAmong(const std::map<std::string, std::vector<fs::path>>& places,
                                   const FileReference& wanted, const Progress& progress)
{
    const auto named = places.find(pictureAddress(wanted.path).file.filename().string());
    if (named == places.end())
        return std::nullopt;
    for (const fs::path& place : named->second)
        // With the page, where it is one of a file.
        if (fs::path candidate = place.parent_path() / wanted.path.filename(); isThere(wanted, candidate, progress))
            return candidate;
    return std::nullopt;
}

std::optional<fs::path> foundByMoves(const std::vector<Move>& moves, const FileReference& wanted,
                                     const Progress& progress)
{
    for (const Move& move : moves) {
        std::optional<fs::path> candidate = move.placeOf(wanted.path);
        if (candidate && isThere(wanted, *candidate, progress))
            return candidate;
    }
    return std::nullopt;
}

} // namespace

FileReference referenceTo(const fs::path& path, const Progress& progress)
{
    const fs::path absolute = fs::absolute(path).lexically_normal();
    std::error_code failure;
    const fs::file_status status = fs::status(absolute, failure);
    if (fs::is_directory(status))
        return {absolute, hashOfFolder(absolute), 0};
    if (fs::exists(status) && !fs::is_regular_file(status))
        throw Error(ErrorCode::Unreadable, path.string(), "expected a file or folder, got a device or pipe");
    const fs::path file = pictureAddress(absolute).file;
    std::string hash = sha256OfFile(file, progress);
    return {absolute, std::move(hash), fs::file_size(file)};
}

FileState stateOf(const FileReference& file, const Progress& progress)
{
    std::error_code failure;
    const fs::path path = pictureAddress(file.path).file;
    const fs::file_status status = fs::status(path, failure);
    const bool isFolder = fs::is_directory(status);
    if (!isFolder && !fs::is_regular_file(status))
        return FileState::Missing;
    if (file.sha256.empty())
        return FileState::Found;
    if (!isFolder && fs::file_size(path, failure) != file.bytes)
        return FileState::Changed;
    try {
        const std::string hash = isFolder ? hashOfFolder(path) : sha256OfFile(path, progress);
        return hash == file.sha256 ? FileState::Found : FileState::Changed;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Cancelled)
            throw;
        return isFolder ? FileState::Changed : FileState::Missing;
    }
}

std::vector<SessionFile> filesOf(const Session& session, const Progress& progress)
{
    std::vector<SessionFile> files;
    Session copy = session;
    for (const auto& [what, file] : referencesIn(copy))
        files.push_back({what, *file, stateOf(*file, progress)});
    return files;
}

std::size_t relink(Session& session, const fs::path& folder, const Progress& progress)
{
    const fs::path below = fs::absolute(folder).lexically_normal();
    std::vector<Move> moves;
    std::size_t found = 0;
    std::vector<FileReference*> missing;
    const auto take = [&](FileReference& file, fs::path place) {
        moves.push_back(Move::of(file.path.parent_path(), place.parent_path()));
        file.path = std::move(place);
        ++found;
    };
    for (const auto& [what, file] : referencesIn(session)) {
        if (stateOf(*file, progress) == FileState::Found)
            continue;
        if (std::optional<fs::path> place = foundBelow(below, *file, progress))
            take(*file, *place);
        else
            missing.push_back(file);
    }
    const auto takeWhere = [&](const auto& placeOf) {
        std::erase_if(missing, [&](FileReference* file) {
            std::optional<fs::path> place = placeOf(*file);
            if (place)
                take(*file, std::move(*place));
            return place.has_value();
        });
    };
    const auto byMoves = [&](const FileReference& file) { return foundByMoves(moves, file, progress); };
    takeWhere(byMoves);
    if (missing.empty())
        return found;
    std::set<std::string> names;
    for (const FileReference* file : missing)
        names.insert(pictureAddress(file->path).file.filename().string());
    const auto places = placesBelow(below, names, progress);
    takeWhere([&](const FileReference& file) { return foundAmong(places, file, progress); });
    takeWhere(byMoves); // a folder of classes may have another name
    return found;
}

std::vector<SessionPicture> takeMissing(Session& session, const std::vector<SessionFile>& files)
{
    const auto isGone = [&files](const FileReference& file) {
        return std::ranges::any_of(files, [&file](const SessionFile& known) {
            return known.state != FileState::Found && known.file.path == file.path;
        });
    };
    if (session.classes && isGone(*session.classes))
        session.classes.reset();
    std::vector<int> placeOf;
    std::vector<SessionPicture> kept, gone;
    for (SessionPicture& picture : session.pictures) {
        const bool isKept = !isGone(picture.file);
        placeOf.push_back(isKept ? static_cast<int>(kept.size()) : -1);
        (isKept ? kept : gone).push_back(std::move(picture));
    }
    session.pictures = std::move(kept);
    session.view.picture = session.view.picture < 0 ? -1 : placeOf.at(static_cast<std::size_t>(session.view.picture));
    std::erase_if(session.results, [&placeOf](StoredResult& result) {
        result.picture = placeOf.at(static_cast<std::size_t>(result.picture));
        return result.picture < 0;
    });
    std::erase_if(session.evidence, [&placeOf](StoredEvidence& evidence) {
        evidence.picture = placeOf.at(static_cast<std::size_t>(evidence.picture));
        return evidence.picture < 0;
    });
    return gone;
}

void requireFound(const std::vector<SessionFile>& files, const std::string& wayOut)
{
    std::string names;
    bool anyMissing = false;
    for (const SessionFile& file : files) {
        if (file.state == FileState::Found)
            continue;
        names += (names.empty() ? "" : ", ") + file.what + " " + file.file.path.string() +
                 (file.state == FileState::Missing ? " (missing)" : " (changed)");
        anyMissing = anyMissing || file.state == FileState::Missing;
    }
    if (!names.empty())
        throw Error(anyMissing ? ErrorCode::NotFound : ErrorCode::Mismatch, "session",
                    "expected its files as they were, got: " + names, wayOut);
}

} // namespace ocellus
