// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npz_writer.h"

#include <algorithm>
#include <utility>

#include <zip.h>

#include "core/base/error.h"
#include "core/base/tensor_source.h"
#include "core/io/npy_writer.h"
#include "core/io/text.h"
#include "core/io/zip_handle.h"

namespace ocellus {

namespace {

/// Names of ours are Python identifiers; whoever unpacks the archive must not get files elsewhere.
void requireName(std::string_view name)
{
    const auto isWordLetter = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '_';
    };
    constexpr std::size_t longest = 100;
    if (name.empty() || name.size() > longest || !std::all_of(name.begin(), name.end(), isWordLetter))
        throw Error(ErrorCode::BadArgument, excerpt(name),
                    "expected an array's name of 1 to 100 letters, digits and underscores");
}

} // namespace

NpzWriter::NpzWriter(std::filesystem::path path, ArrayCompression compression)
    : m_path(std::move(path)),
      m_compression(compression),
      m_spool(m_path)
{
}

void NpzWriter::add(std::string_view name, std::span<const float> values, std::vector<std::int64_t> shape)
{
    addBytes(name, "<f4", std::as_bytes(values), values.size(), shape);
}

void NpzWriter::add(std::string_view name, std::span<const std::int64_t> values, std::vector<std::int64_t> shape)
{
    addBytes(name, "<i8", std::as_bytes(values), values.size(), shape);
}

void NpzWriter::add(std::string_view name, std::span<const std::uint8_t> values, std::vector<std::int64_t> shape)
{
    addBytes(name, "|u1", std::as_bytes(values), values.size(), shape);
}

void NpzWriter::addBytes(std::string_view name, std::string_view type, std::span<const std::byte> bytes,
                         std::size_t count, std::span<const std::int64_t> shape)
{
    requireName(name);
    std::int64_t product = 1;
    bool fits = true;
    for (const std::int64_t extent : shape)
        fits = fits && extent >= 0 && !__builtin_mul_overflow(product, extent, &product);
    if (!fits || static_cast<std::uint64_t>(product) != count)
        throw Error(ErrorCode::BadArgument, std::string(name),
                    "the shape " + shapeText(shape) + " does not hold " + std::to_string(count) + " values");
    std::string entry = std::string(name) + ".npy";
    if (std::any_of(m_arrays.begin(), m_arrays.end(), [&](const Array& array) { return array.name == entry; }))
        throw Error(ErrorCode::BadArgument, std::string(name), "there is already an array of this name");

    const std::string header = npyHeader(type, shape);
    m_spool.write(header);
    m_spool.write(bytes);
    const std::uint64_t end = m_spooled + header.size() + bytes.size();
    m_arrays.push_back({std::move(entry), std::exchange(m_spooled, end), end});
}

void NpzWriter::close()
{
    const auto fail = [this](const std::string& reason) {
        throw Error(ErrorCode::Unreadable, m_path.string(), "the archive cannot be written: " + reason,
                    "Check the folder, its permissions and the free space");
    };
    const int method = m_compression == ArrayCompression::Deflate ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    int code = 0;
    ZipHandle archive(zip_open(m_path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
    if (!archive)
        fail(zipErrorText(code));
    for (const Array& array : m_arrays) {
        zip_source_t* source = zip_source_file(archive.get(), m_spool.temporaryPath().c_str(), array.begin,
                                               static_cast<zip_int64_t>(array.end - array.begin));
        const zip_int64_t index =
            source ? zip_file_add(archive.get(), array.name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
        if (source && index < 0)
            zip_source_free(source);
        if (index < 0 || zip_set_file_compression(archive.get(), static_cast<zip_uint64_t>(index), method, 0) != 0)
            fail(zip_strerror(archive.get()));
    }
    // libzip writes to a temporary name beside the target and renames.
    if (zip_close(archive.get()) != 0)
        fail(zip_strerror(archive.get()));
    static_cast<void>(archive.release());
    m_spool.discard();
}

} // namespace ocellus
