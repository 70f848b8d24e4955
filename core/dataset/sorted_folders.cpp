// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/sorted_folders.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/data/name_text.h"
#include "core/io/file_name.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr int mostOfOneName = 100'000;

fs::path realPlace(const fs::path& path)
{
    std::error_code failure;
    const fs::path real = fs::weakly_canonical(path, failure);
    return failure ? fs::absolute(path).lexically_normal() : real;
}

bool isBelow(const fs::path& path, const fs::path& folder)
{
    return std::ranges::mismatch(folder, path).in1 == folder.end();
}

/// Gives the first name that is free: 1.jpg, 1_2.jpg, 1_3.jpg, ... Names that differ in case only are one on some
/// disks.
class FreePlaces {
public:
    fs::path next(const fs::path& folder, const fs::path& name)
    {
        // All numbers below were taken for the picture before.
        int& number = m_numbers.try_emplace(caseFolded((folder / name).string()), 1).first->second;
        while (number < mostOfOneName) {
            fs::path place = folder / numbered(name, number++);
            std::error_code absent;
            if (fs::symlink_status(place, absent).type() == fs::file_type::not_found &&
                m_taken.insert(caseFolded(place.string())).second)
                return place;
        }
        throw Error(ErrorCode::TooLarge, (folder / name).string(),
                    "expected at most " + std::to_string(mostOfOneName) + " pictures of one name");
    }

private:
    static std::string numbered(const fs::path& name, int number)
    {
        return number == 1 ? name.string()
                           : name.stem().string() + "_" + std::to_string(number) + name.extension().string();
    }

    std::set<std::string> m_taken;
    std::map<std::string, int> m_numbers; ///< the next of each name
};

} // namespace

void planSorting(std::vector<SortedPicture>& pictures, const fs::path& root, const Progress& progress)
{
    const fs::path place = realPlace(root);
    FreePlaces places;
    for (SortedPicture& picture : pictures) {
        progress.throwIfStopped();
        if (isBelow(realPlace(picture.from), place))
            throw Error(ErrorCode::BadArgument, root.string(),
                        "expected a folder outside that of the pictures, got one that holds " + picture.from.string(),
                        "They would be taken for pictures of their own in the next run");
        picture.to = places.next(root / safeFileName(picture.folder), safeFileName(picture.from.filename().string()));
    }
}

void sortPictures(const std::vector<SortedPicture>& pictures, SortBy by, const Progress& progress)
{
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        progress.at(Stage::Write, static_cast<double>(i) / static_cast<double>(pictures.size()));
        const SortedPicture& picture = pictures[i];
        std::error_code failure;
        fs::create_directories(picture.to.parent_path(), failure);
        if (!failure && by == SortBy::Link)
            fs::create_symlink(fs::absolute(picture.from), picture.to, failure);
        else if (!failure)
            fs::copy_file(picture.from, picture.to, failure);
        if (failure)
            throw Error(ErrorCode::Unreadable, picture.to.string(), failure.message());
    }
    progress.at(Stage::Write, 1);
}

} // namespace ocellus
