// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/picture_address.h"

#include <charconv>
#include <string>
#include <system_error>

namespace ocellus {

namespace fs = std::filesystem;

PictureAddress pictureAddress(const fs::path& path)
{
    const std::string name = path.filename().string();
    const std::size_t bracket = name.rfind('[');
    std::error_code failure; // what cannot be looked at is told when it is opened
    if (bracket == std::string::npos || bracket == 0 || name.back() != ']' || fs::exists(path, failure))
        return {path, 0};
    int page = 0;
    const char* last = name.data() + name.size() - 1;
    const auto [end, error] = std::from_chars(name.data() + bracket + 1, last, page);
    if (error != std::errc() || end != last || page < 1)
        return {path, 0};
    return {path.parent_path() / name.substr(0, bracket), page};
}

fs::path toPath(const PictureAddress& address)
{
    if (address.page == 0)
        return address.file;
    fs::path path = address.file;
    path += '[' + std::to_string(address.page) + ']';
    return path;
}

} // namespace ocellus
