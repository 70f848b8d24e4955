// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <vector>

#include <openssl/evp.h>
#include <xxhash.h>

#include "core/base/error.h"

namespace ocellus {

ContentKey contentKey(std::span<const std::byte> bytes, std::uint64_t seed)
{
    const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed);
    return {hash.low64, hash.high64};
}

ContentKey contentKey(std::string_view text, std::uint64_t seed)
{
    return contentKey(std::as_bytes(std::span(text)), seed);
}

namespace {

/// SHA-256 of what is added piece by piece.
class Sha256 {
public:
    explicit Sha256(const std::string& subject) : m_context(EVP_MD_CTX_new(), EVP_MD_CTX_free)
    {
        if (!m_context || EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) != 1)
            throw Error(ErrorCode::Internal, subject, "libcrypto offers no SHA-256");
    }

    void add(std::string_view bytes) { EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()); }

    std::string hexadecimal()
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int length = 0;
        EVP_DigestFinal_ex(m_context.get(), digest.data(), &length);
        static constexpr char digits[] = "0123456789abcdef";
        std::string text;
        for (unsigned int i = 0; i < length; ++i) {
            text += digits[digest[i] >> 4];
            text += digits[digest[i] & 15];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_context;
};

} // namespace

std::string sha256(std::string_view bytes)
{
    Sha256 hash("SHA-256");
    hash.add(bytes);
    return hash.hexadecimal();
}

std::string sha256OfFile(const std::filesystem::path& path, const Progress& progress)
{
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(path, failure);
    if (failure)
        throw Error(failure == std::errc::no_such_file_or_directory ? ErrorCode::NotFound : ErrorCode::Unreadable,
                    path.string(), failure.message());
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw Error(ErrorCode::Unreadable, path.string(), std::strerror(errno));

    Sha256 hash(path.string());
    std::vector<char> buffer(1 << 20);
    std::uintmax_t done = 0;
    while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), file.gcount() > 0) {
        hash.add({buffer.data(), static_cast<std::size_t>(file.gcount())});
        done += static_cast<std::uintmax_t>(file.gcount());
        progress.at(Stage::Read, size ? static_cast<double>(done) / static_cast<double>(size) : 1.0);
    }
    if (file.bad())
        throw Error(ErrorCode::Unreadable, path.string(), std::strerror(errno));
    return hash.hexadecimal();
}

} // namespace ocellus
