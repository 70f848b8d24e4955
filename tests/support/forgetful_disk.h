// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace ocellus::test {

/// A disk that at a loss of power forgets all that it was not told to keep: of files what was written since their last
/// fsync, and of folders the names since theirs. While this lives, every fsync and fdatasync of the program below
/// `folder` is followed by what a loss of power right after it would leave.
///
/// Works by standing in the place of the C library's two functions in the program that it is linked into; one at a
/// time.
class ForgetfulDisk {
public:
    /// Given a folder with what is left, which is removed afterwards. Called from the thread that synced.
    using Check = std::function<void(const std::filesystem::path& left)>;

    ForgetfulDisk(std::filesystem::path folder, std::filesystem::path scratch, Check check);
    ~ForgetfulDisk();
    ForgetfulDisk(const ForgetfulDisk&) = delete;
    ForgetfulDisk& operator=(const ForgetfulDisk&) = delete;

    void takeSync(int descriptor);
    int syncs() const { return m_syncs; }

private:
    using FileId = std::pair<std::uint64_t, std::int64_t>; // inode and time of birth: numbers are used again

    static FileId idOf(const std::filesystem::path& path);
    void leave() const;

    std::filesystem::path m_folder, m_scratch;
    Check m_check;
    std::mutex m_mutex;
    std::map<FileId, std::string> m_contents;
    std::map<std::filesystem::path, std::map<std::string, FileId>> m_names; // by folder, relative to m_folder
    int m_syncs = 0;
};

} // namespace ocellus::test
