// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/moved_picture.h"

#include <algorithm>
#include <vector>

namespace ocellus {

namespace {

std::ptrdiff_t sharedEnd(const std::filesystem::path& a, const std::filesystem::path& b)
{
    const std::vector<std::filesystem::path> one(a.begin(), a.end()), other(b.begin(), b.end());
    return std::mismatch(one.rbegin(), one.rend(), other.rbegin(), other.rend()).first - one.rbegin();
}

} // namespace

std::filesystem::path movedPicture(const PictureListModel& pictures, const std::filesystem::path& stored)
{
    if (pictures.rowOf(stored) >= 0)
        return stored;
    std::filesystem::path best = stored;
    std::ptrdiff_t most = 0;
    bool isOnly = false;
    for (int row = 0; row < pictures.rowCount(); ++row) {
        const std::filesystem::path path = pictures.path(row);
        const std::ptrdiff_t shared = sharedEnd(path, stored);
        if (shared == 0 || shared < most)
            continue;
        isOnly = shared > most;
        most = shared;
        best = path;
    }
    return isOnly ? best : stored;
}

} // namespace ocellus
