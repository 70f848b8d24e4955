// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/forgetful_disk.h"

#include <atomic>
#include <fstream>
#include <iterator>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ocellus::test {

namespace fs = std::filesystem;

namespace {

std::atomic<ForgetfulDisk*> current = nullptr;

} // namespace

ForgetfulDisk::ForgetfulDisk(fs::path folder, fs::path scratch, Check check)
    : m_folder(fs::canonical(folder)),
      m_scratch(std::move(scratch)),
      m_check(std::move(check))
{
    current = this;
}

ForgetfulDisk::~ForgetfulDisk()
{
    current = nullptr;
}

ForgetfulDisk::FileId ForgetfulDisk::idOf(const fs::path& path)
{
    struct statx status {};
    statx(AT_FDCWD, path.c_str(), 0, STATX_INO | STATX_BTIME, &status);
    return {status.stx_ino, status.stx_btime.tv_sec * 1'000'000'000 + status.stx_btime.tv_nsec};
}

void ForgetfulDisk::takeSync(int descriptor)
{
    const fs::path link = "/proc/self/fd/" + std::to_string(descriptor);
    std::error_code failure;
    const fs::path path = fs::read_symlink(link, failure);
    const fs::path relative = path.lexically_relative(m_folder);
    if (failure || relative.empty() || *relative.begin() == "..")
        return;
    const std::lock_guard lock(m_mutex);
    if (fs::is_directory(link)) {
        auto& names = m_names[relative];
        names.clear();
        for (const fs::directory_entry& entry : fs::directory_iterator(path))
            if (entry.is_regular_file())
                names.emplace(entry.path().filename().string(), idOf(entry.path()));
    } else {
        std::ifstream file(link, std::ios::binary);
        m_contents[idOf(link)] = std::string(std::istreambuf_iterator<char>(file), {});
    }
    ++m_syncs;
    leave();
}

void ForgetfulDisk::leave() const
{
    const fs::path left = m_scratch / ("left" + std::to_string(m_syncs));
    for (const auto& [folder, names] : m_names) {
        fs::create_directories(left / folder);
        for (const auto& [name, id] : names) {
            const auto content = m_contents.find(id);
            std::ofstream(left / folder / name, std::ios::binary)
                << (content == m_contents.end() ? std::string() : content->second);
        }
    }
    fs::create_directories(left);
    m_check(left);
    fs::remove_all(left);
}

} // namespace ocellus::test

namespace {

int syncAndTell(const char* name, int descriptor)
{
    const auto real = reinterpret_cast<int (*)(int)>(dlsym(RTLD_NEXT, name));
    const int result = real(descriptor);
    if (auto* disk = ocellus::test::current.load(); disk && result == 0)
        disk->takeSync(descriptor);
    return result;
}

} // namespace

extern "C" int fsync(int descriptor)
{
    return syncAndTell("fsync", descriptor);
}

extern "C" int fdatasync(int descriptor)
{
    return syncAndTell("fdatasync", descriptor);
}
