// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/image_folder.h"

namespace ocellus {

/// Finds the files that a table means, among the pictures below its folder: tables name paths of another machine, URLs
/// or numbers.
class LocalPictures {
public:
    LocalPictures(std::filesystem::path folder, ImageListing listing);

    /// By path below the folder or below a folder above or beside it, by an absolute path, or by the end of a URL: its
    /// last part, or the part before it where that is "original.jpg" and the like. Empty where there is none, and
    /// where a name is that of several files.
    std::filesystem::path find(std::string_view reference) const;

    /// Those whose names are this record's number, or that and a count: 123.jpg, 123_1.jpg, 123-2.jpg, 123 (3).jpg.
    std::vector<std::filesystem::path> ofRecord(const std::string& number) const;

    /// Whether find() failed because of several files of the name.
    bool isAmbiguous(std::string_view reference) const;
    std::size_t count() const { return m_files.size(); }

private:
    using Places = std::multimap<std::string, std::size_t>;

    std::filesystem::path only(const Places& places, const std::string& key) const;
    std::filesystem::path ofUrl(std::string_view url) const;

    std::filesystem::path m_folder;
    std::vector<std::filesystem::path> m_files;
    std::map<std::string, std::size_t> m_byPath; ///< below the folder
    Places m_byName, m_byStem;                   ///< case folded
    Places m_byRecord;                           ///< stems without their counts
};

} // namespace ocellus
