// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/data/feature_store.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/float_conversion.h"
#include "core/io/input_file.h"
#include "core/io/little_endian.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::array<char, 8> fileMagic{'O', 'C', 'L', 'F', 'E', 'A', 'T', '1'};
constexpr std::int64_t maxValues = std::int64_t{1} << 28;

/// The head of a file; the values follow as float16, or as float32 where `bytes` says so.
struct Header {
    std::array<char, 8> magic = fileMagic;
    std::int32_t channels = 0;
    std::int32_t rows = 0;
    std::int32_t columns = 0;
    std::uint32_t bytes = 0; ///< of a value; 0 stands for 2
    ContentKey checksum;     ///< of the values' bytes
};
static_assert(sizeof(Header) == 40, "written as it lies in memory");

/// The number of values, or nothing where the extents make no sense.
std::optional<std::size_t> countOf(std::int64_t channels, std::int64_t rows, std::int64_t columns)
{
    if (channels < 1 || rows < 1 || columns < 1 || channels > maxValues / rows || channels * rows > maxValues / columns)
        return std::nullopt;
    return static_cast<std::size_t>(channels * rows * columns);
}

std::size_t valueBytes(const Header& header)
{
    return header.bytes == 0 ? sizeof(std::uint16_t) : header.bytes;
}

[[noreturn]] void damaged(const InputFile& file, const std::string& expected, const std::string& got)
{
    throw Error(ErrorCode::Damaged, file.path().string(), "expected " + expected + ", got " + got);
}

/// Throws Error(Damaged) unless it is one of ours and the file has exactly the bytes that it promises.
Header readHeader(const InputFile& file)
{
    std::array<std::byte, sizeof(Header)> bytes{};
    if (file.size() < bytes.size())
        damaged(file, "features with a header of " + std::to_string(bytes.size()) + " bytes",
                std::to_string(file.size()) + " bytes in all");
    file.readAt(0, bytes);
    const auto header = loadLittleEndian<Header>(bytes.data());
    if (header.magic != fileMagic)
        damaged(file, "features, which begin with " + std::string(fileMagic.begin(), fileMagic.end()),
                "another beginning");
    const std::optional<std::size_t> count = countOf(header.channels, header.rows, header.columns);
    if (!count || (header.bytes != 0 && header.bytes != sizeof(float)))
        damaged(file, "channels x rows x columns in values of 2 or 4 bytes",
                std::to_string(header.channels) + " x " + std::to_string(header.rows) + " x " +
                    std::to_string(header.columns) + " in values of " + std::to_string(valueBytes(header)));
    if (const std::uint64_t promised = sizeof(Header) + *count * valueBytes(header); file.size() != promised)
        damaged(file, std::to_string(promised) + " bytes, as its header says", std::to_string(file.size()));
    return header;
}

std::string digitsOf(const ContentKey& key)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const std::uint64_t half : {key.high, key.low})
        for (int shift = 60; shift >= 0; shift -= 4)
            text += digits[half >> shift & 15U];
    return text;
}

[[noreturn]] void refuse(const fs::path& path, const std::string& detail)
{
    throw Error(ErrorCode::BadArgument, path.string(), detail);
}

std::vector<std::uint16_t> halvesOf(const fs::path& path, const Features& features)
{
    constexpr std::uint16_t exponent = 0x7C00; // all ones: infinite or no number
    std::vector<std::uint16_t> halves(features.values.size());
    bool finite = true;
    for (std::size_t i = 0; i < halves.size(); ++i) {
        halves[i] = toFloat16(features.values[i]);
        finite &= (halves[i] & exponent) != exponent;
    }
    if (!finite)
        refuse(path, "expected features within half precision's 65504, got larger ones or no numbers");
    return halves;
}

} // namespace

ContentKey featureKey(const std::string& pictureHash, const std::string& weightsHash, const PreprocessOptions& options,
                      bool flipped)
{
    return contentKey(pictureHash + '\n' + weightsHash + '\n' + toString(options) + (flipped ? "\nflipped" : "\n"));
}

std::string_view toString(FeaturePrecision precision)
{
    return precision == FeaturePrecision::Half ? "half" : "single";
}

FeaturePrecision featurePrecisionFromName(std::string_view name)
{
    for (const FeaturePrecision precision : {FeaturePrecision::Half, FeaturePrecision::Single})
        if (name == toString(precision))
            return precision;
    throw Error(ErrorCode::BadArgument, "--feature-precision", "expected half or single, got " + std::string(name));
}

int bytesOf(FeaturePrecision precision)
{
    return precision == FeaturePrecision::Half ? 2 : 4;
}

FeatureStore::FeatureStore(fs::path folder, FeaturePrecision precision)
    : m_folder(std::move(folder)),
      m_precision(precision)
{
    std::error_code failure;
    fs::create_directories(m_folder, failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, m_folder.string(), "cannot be created: " + failure.message(),
                    "Choose another folder for the features");
}

ContentKey FeatureStore::keyed(const ContentKey& key) const
{
    return m_precision == FeaturePrecision::Half ? key : contentKey("single precision", key.low ^ key.high);
}

void FeatureStore::round(Features& features) const
{
    if (m_precision == FeaturePrecision::Single)
        return;
    const std::vector<std::uint16_t> halves = halvesOf(m_folder, features);
    convertToFloat32(DType::Float16, std::as_bytes(std::span(halves)).data(), 1, features.values);
}

bool FeatureStore::contains(const ContentKey& key) const
{
    try {
        readHeader(InputFile(pathOf(key)));
        return true;
    } catch (const Error&) {
        return false;
    }
}

std::optional<Features> FeatureStore::read(const ContentKey& key) const
{
    const fs::path path = pathOf(key);
    std::error_code ignored; // what is there and cannot be looked at is opened, which says why it cannot
    if (fs::status(path, ignored).type() == fs::file_type::not_found)
        return std::nullopt;
    const InputFile file(path);
    const Header header = readHeader(file);
    std::vector<std::byte> bytes(file.size() - sizeof(Header));
    file.readAt(sizeof(Header), bytes);
    if (const ContentKey sum = contentKey(bytes); sum != header.checksum)
        damaged(file, "values with the checksum " + digitsOf(header.checksum), digitsOf(sum));
    Features features{header.channels, header.rows, header.columns, {}};
    features.values.resize(bytes.size() / valueBytes(header));
    convertToFloat32(header.bytes == 0 ? DType::Float16 : DType::Float32, bytes.data(), 1, features.values);
    return features;
}

void FeatureStore::write(const ContentKey& key, const Features& features) const
{
    const fs::path path = pathOf(key);
    const std::optional<std::size_t> count = countOf(features.channels, features.rows, features.columns);
    if (!count || *count != features.values.size())
        refuse(path, "expected channels x rows x columns values, got " + std::to_string(features.values.size()) +
                         " for " + std::to_string(features.channels) + "x" + std::to_string(features.rows) + "x" +
                         std::to_string(features.columns));
    const bool isHalf = m_precision == FeaturePrecision::Half;
    const std::vector<std::uint16_t> halves = isHalf ? halvesOf(path, features) : std::vector<std::uint16_t>();
    if (!isHalf && !std::ranges::all_of(features.values, [](float value) { return std::isfinite(value); }))
        refuse(path, "expected finite features, got others");
    const auto bytes =
        isHalf ? std::as_bytes(std::span(halves)) : std::as_bytes(std::span<const float>(features.values));
    Header header;
    header.bytes = isHalf ? 0 : sizeof(float);
    header.channels = features.channels;
    header.rows = features.rows;
    header.columns = features.columns;
    header.checksum = contentKey(bytes);

    std::error_code failure; // where there is no folder, creating the file says why
    fs::create_directory(path.parent_path(), failure);
    AtomicFile file(path);
    file.write(std::as_bytes(std::span(&header, 1)));
    file.write(bytes);
    file.commit();
}

/// 256 folders, so that none holds more files than file systems and people like.
fs::path FeatureStore::pathOf(const ContentKey& key) const
{
    const std::string name = digitsOf(key);
    return m_folder / name.substr(0, 2) / (name.substr(2) + ".features");
}

} // namespace ocellus
