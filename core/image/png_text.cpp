// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/png_text.h"

#include <array>
#include <cctype>
#include <string>

#include <zlib.h>

#include "core/image/stored_samples.h"

namespace ocellus {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t maxInflated = 16U << 20; // a colour profile of a printer; text is far smaller

/// Empty where the bytes are no deflate stream, or one that grows beyond all use.
std::vector<std::uint8_t> inflated(std::span<const std::uint8_t> bytes)
{
    std::vector<std::uint8_t> result;
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK)
        return result;
    stream.next_in = const_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::array<std::uint8_t, 1U << 14> block{};
    int state = Z_OK;
    while (state == Z_OK && result.size() < maxInflated) {
        stream.next_out = block.data();
        stream.avail_out = block.size();
        state = inflate(&stream, Z_NO_FLUSH);
        result.insert(result.end(), block.begin(), block.end() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END)
        result.clear();
    return result;
}

int digitOf(char letter)
{
    constexpr auto digits = "0123456789abcdef"sv;
    const std::size_t value = digits.find(static_cast<char>(std::tolower(static_cast<unsigned char>(letter))));
    return value == std::string_view::npos ? -1 : static_cast<int>(value);
}

/// "\nexif\n      38\n4578696600...": a name, the number of bytes, and the bytes, with line breaks anywhere.
std::vector<std::uint8_t> rawProfile(std::string_view text)
{
    constexpr auto space = " \n\r\t"sv;
    for (int word = 0; word < 2; ++word) {
        text.remove_prefix(std::min(text.find_first_not_of(space), text.size()));
        text.remove_prefix(std::min(text.find_first_of(space), text.size()));
    }
    std::vector<std::uint8_t> bytes;
    int high = -1;
    for (const char letter : text) {
        const int digit = digitOf(letter);
        if (digit < 0)
            continue;
        if (high >= 0)
            bytes.push_back(static_cast<std::uint8_t>(high << 4 | digit));
        high = high >= 0 ? -1 : digit;
    }
    return bytes;
}

bool isOfUse(std::string_view chunk, std::string_view key)
{
    return chunk == "iCCP" || key == "XML:com.adobe.xmp" || key == "Raw profile type exif" ||
           key == "Raw profile type APP1" || key == "Raw profile type xmp";
}

/// A key and what stands under it, inflated.
struct Text {
    std::string_view key;
    std::span<const std::uint8_t> stored;
    std::vector<std::uint8_t> inflatedBytes;

    std::string_view value() const { return inflatedBytes.empty() ? textOf(stored) : textOf(inflatedBytes); }
};

void skip(std::span<const std::uint8_t>& bytes, std::size_t count)
{
    bytes = bytes.subspan(std::min(count, bytes.size()));
}

void skipText(std::span<const std::uint8_t>& bytes)
{
    skip(bytes, textOf(bytes).find('\0') == std::string_view::npos ? bytes.size() : textOf(bytes).find('\0') + 1);
}

Text read(std::string_view chunk, const ByteReader& data)
{
    Text text;
    text.stored = data.bytes(0, data.size());
    text.key = textOf(text.stored).substr(0, textOf(text.stored).find('\0'));
    skipText(text.stored);
    bool isCompressed = chunk == "zTXt" || chunk == "iCCP";
    if (isCompressed) {
        skip(text.stored, 1); // the method, of which there is one
    } else if (chunk == "iTXt") {
        isCompressed = !text.stored.empty() && text.stored.front() == 1;
        skip(text.stored, 2);
        skipText(text.stored); // language
        skipText(text.stored); // the key in that language
    }
    if (isCompressed && isOfUse(chunk, text.key)) {
        text.inflatedBytes = inflated(text.stored);
        text.stored = {};
    }
    return text;
}

} // namespace

void addPngText(PictureMetadata& metadata, std::string_view chunk, const ByteReader& data)
{
    const Text text = read(chunk, data);
    if (chunk == "iCCP") {
        metadata.addProfile(text.inflatedBytes);
    } else if (text.key == selectionKey) {
        metadata.setSelectionNote(text.value());
    } else if (text.key == "XML:com.adobe.xmp") {
        metadata.addXmp(text.value());
    } else if (text.key == "Raw profile type exif" || text.key == "Raw profile type APP1") {
        const std::vector<std::uint8_t> bytes = rawProfile(text.value());
        if (textOf(bytes).starts_with("http://ns.adobe.com/xap/1.0/"))
            metadata.addXmp(textOf(bytes));
        else
            metadata.addExif(ByteReader(data.name(), bytes));
    } else if (text.key == "Raw profile type xmp") {
        metadata.addXmp(textOf(rawProfile(text.value())));
    }
}

} // namespace ocellus
