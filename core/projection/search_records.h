// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "core/projection/searched_picture.h"

namespace ocellus {

/// What was found in training pictures, by their hashes, of one model with one preprocessing: a search that was stopped
/// goes on from there, and one of a few more pictures computes only these.
class SearchRecords {
public:
    /// `key` is searchKey()'s.
    explicit SearchRecords(std::string key) : m_key(std::move(key)) {}

    /// Those of a file that write() has written, in place of all. Throws Error: NotFound, Unreadable, TooLarge, Damaged
    /// (no JSON, other keys, numbers that cannot be), Mismatch for another key; then nothing has changed.
    void read(const std::filesystem::path& path);

    /// Whole or not at all; makes the folder. Throws Error(Unreadable).
    void write(const std::filesystem::path& path) const;

    /// Null for a picture that is not known, or of another class.
    const SearchedPicture* find(const std::string& sha256, int classIndex) const;
    void insert(SearchedPicture picture); ///< in place of one with its hash and class
    std::size_t size() const { return m_pictures.size(); }

private:
    std::string m_key;
    std::map<std::pair<std::string, int>, SearchedPicture> m_pictures; ///< by hash and class
};

} // namespace ocellus
