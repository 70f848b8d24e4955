// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file_kind.h"

#include <array>
#include <cstddef>

namespace ocellus {

namespace {

struct Mark {
    std::size_t offset;
    std::string_view bytes;
    std::string_view kind;
};

using namespace std::string_view_literals;

constexpr std::array marks{
    Mark{0, "version https://git-lfs"sv, "a Git LFS pointer instead of the file that it stands for"},
    Mark{0, "<!DOCTYPE"sv, "a web page, perhaps that of a failed download"},
    Mark{0, "<!doctype"sv, "a web page, perhaps that of a failed download"},
    Mark{0, "<html"sv, "a web page, perhaps that of a failed download"},
    Mark{0, "\x89HDF\r\n\x1a\n"sv, "an HDF5 file, as Keras writes it"},
    Mark{0, "\x93NUMPY"sv, "a NumPy array"},
    Mark{0, "GGUF"sv, "a GGUF file"},
    Mark{0, "\xff\xd8\xff"sv, "a JPEG picture"},
    Mark{0, "\x89PNG"sv, "a PNG picture"},
    Mark{0, "II*\0"sv, "a TIFF picture"},
    Mark{0, "MM\0*"sv, "a TIFF picture"},
    Mark{8, "WEBP"sv, "a WebP picture"},
    Mark{0, "%PDF"sv, "a PDF document"},
    Mark{257, "ustar"sv, "a tar archive"},
    Mark{0, "\x1f\x8b"sv, "a gzip archive"},
    Mark{0,
         "\xfd"
         "7zXZ"sv,
         "an xz archive"},
    Mark{0, "BZh"sv, "a bzip2 archive"},
    Mark{0, "\x28\xb5\x2f\xfd"sv, "a Zstandard archive"},
    Mark{0, "7z\xbc\xaf"sv, "a 7-Zip archive"},
};

} // namespace

std::string_view foreignFileKind(std::string_view firstBytes)
{
    for (const Mark& mark : marks)
        if (firstBytes.size() > mark.offset && firstBytes.substr(mark.offset).starts_with(mark.bytes))
            return mark.kind;
    return {};
}

} // namespace ocellus
