// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/io/pickle_writer.h"

namespace ocellus::test {

/// Writes zip archives by hand, also such as no zip program would write.
class ZipWriter {
public:
    struct Entry {
        std::string name;
        std::string data;
        std::uint16_t method = 0; ///< 8: deflate
        std::uint16_t flags = 0;  ///< 1: encrypted
        std::uint32_t crcError = 0;
        std::uint32_t claimedSize = UINT32_MAX; ///< instead of the data's
        std::int64_t elsewhere = -1;            ///< where the directory says that it lies; then it is not written
    };

    static std::string archive(const std::vector<Entry>& entries)
    {
        std::string bytes;
        std::string directory;
        for (const Entry& entry : entries) {
            const auto offset = static_cast<std::uint32_t>(entry.elsewhere < 0 ? bytes.size() : entry.elsewhere);
            bytes += entry.elsewhere < 0 ? localEntry(entry) : std::string();
            directory += "PK\x01\x02" + rawBytes<std::uint16_t>(20) + commonHeader(entry) + std::string(10, '\0') +
                         rawBytes(offset) + entry.name;
        }
        const auto count = static_cast<std::uint16_t>(entries.size());
        const auto start = static_cast<std::uint32_t>(bytes.size());
        return bytes + directory + "PK\x05\x06" + std::string(4, '\0') + rawBytes(count) + rawBytes(count) +
               rawBytes(static_cast<std::uint32_t>(directory.size())) + rawBytes(start) + std::string(2, '\0');
    }

    static std::string localEntry(const Entry& entry)
    {
        return "PK\x03\x04" + commonHeader(entry) + entry.name + entry.data;
    }

    /// As torch.save lays it out, with one storage "0".
    static std::string checkpoint(const std::string& pickle, const std::string& storage = std::string(16, '\0'))
    {
        return archive({{"archive/data.pkl", pickle}, {"archive/data/0", storage}});
    }

private:
    static std::uint32_t crc32(const std::string& data)
    {
        std::uint32_t crc = UINT32_MAX;
        for (const char letter : data) {
            crc ^= static_cast<std::uint8_t>(letter);
            for (int bit = 0; bit < 8; ++bit)
                crc = crc >> 1 ^ (crc & 1U ? 0xEDB88320U : 0U);
        }
        return ~crc;
    }

    /// What the local header and the directory have in common.
    static std::string commonHeader(const Entry& entry)
    {
        const auto size = static_cast<std::uint32_t>(entry.data.size());
        const std::uint32_t claimed = entry.claimedSize == UINT32_MAX ? size : entry.claimedSize;
        return rawBytes<std::uint16_t>(20) + rawBytes(entry.flags) + rawBytes(entry.method) + std::string(4, '\0') +
               rawBytes(crc32(entry.data) + entry.crcError) + rawBytes(claimed) + rawBytes(claimed) +
               rawBytes(static_cast<std::uint16_t>(entry.name.size())) + std::string(2, '\0');
    }
};

} // namespace ocellus::test
