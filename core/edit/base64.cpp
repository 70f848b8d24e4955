// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/base64.h"

#include <algorithm>

#include <openssl/evp.h>

#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr std::size_t maxText = 1U << 30;    // libcrypto counts with int
constexpr std::size_t pieceBytes = 3U << 20; // a multiple of three, so that pieces join without padding

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const unsigned char* unsignedBytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

} // namespace

std::string base64Text(std::span<const std::uint8_t> bytes)
{
    std::string text;
    std::vector<unsigned char> piece(pieceBytes / 3 * 4 + 1);
    for (std::size_t at = 0; at < bytes.size(); at += pieceBytes) {
        const auto part = bytes.subspan(at, std::min(pieceBytes, bytes.size() - at));
        const int length = EVP_EncodeBlock(piece.data(), part.data(), static_cast<int>(part.size()));
        text.append(piece.begin(), piece.begin() + length);
    }
    return text;
}

std::vector<std::uint8_t> bytesOfBase64(std::string_view text, const std::string& subject)
{
    if (text.size() > maxText)
        throw Error(ErrorCode::TooLarge, subject, "expected at most a gigabyte of base64");
    const std::string_view digits = text.substr(0, std::min(text.find('='), text.size()));
    const std::size_t padding = text.size() - digits.size();
    const bool isBase64 = text.size() % 4 == 0 && padding <= 2 &&
                          digits.find_first_not_of(alphabet) == std::string_view::npos &&
                          text.substr(digits.size()).find_first_not_of('=') == std::string_view::npos;
    if (!isBase64)
        throw Error(ErrorCode::Damaged, subject, "expected base64, got other text");
    std::vector<std::uint8_t> bytes(text.size() / 4 * 3);
    if (!text.empty() && EVP_DecodeBlock(bytes.data(), unsignedBytes(text), static_cast<int>(text.size())) < 0)
        throw Error(ErrorCode::Damaged, subject, "expected base64, got other text");
    bytes.resize(bytes.size() - padding);
    return bytes;
}

} // namespace ocellus
