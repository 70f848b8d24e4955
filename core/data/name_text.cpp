// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/name_text.h"

#include <cstdlib>
#include <memory>

#include <utf8proc.h>

namespace ocellus {

namespace {

const utf8proc_uint8_t* bytesOf(std::string_view text)
{
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

std::string mapped(std::string_view text, int options)
{
    utf8proc_uint8_t* result = nullptr;
    const utf8proc_ssize_t length = utf8proc_map(bytesOf(text), static_cast<utf8proc_ssize_t>(text.size()), &result,
                                                 static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(result, &std::free);
    if (length < 0) // no UTF-8
        return std::string(text);
    return std::string(reinterpret_cast<const char*>(result), static_cast<std::size_t>(length));
}

bool isBlank(utf8proc_int32_t letter)
{
    constexpr utf8proc_int32_t zeroWidthSpace = 0x200B;
    constexpr utf8proc_int32_t byteOrderMark = 0xFEFF;
    const utf8proc_category_t category = utf8proc_category(letter);
    return category == UTF8PROC_CATEGORY_ZS || letter == '\t' || letter == '\r' || letter == '\n' ||
           letter == zeroWidthSpace || letter == byteOrderMark;
}

/// No-break spaces too, which spreadsheets and web pages leave behind names.
std::string_view withoutBlankEnds(std::string_view text)
{
    std::size_t first = std::string_view::npos;
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t letter = 0;
        const utf8proc_ssize_t length =
            utf8proc_iterate(bytesOf(text.substr(at)), static_cast<utf8proc_ssize_t>(text.size() - at), &letter);
        const std::size_t next = at + static_cast<std::size_t>(length > 0 ? length : 1);
        if (length <= 0 || !isBlank(letter)) {
            first = first == std::string_view::npos ? at : first;
            end = next;
        }
        at = next;
    }
    return first == std::string_view::npos ? std::string_view() : text.substr(first, end - first);
}

} // namespace

std::string normalised(std::string_view name)
{
    return mapped(withoutBlankEnds(name), UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string caseFolded(std::string_view name)
{
    return mapped(withoutBlankEnds(name), UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

std::string withoutAccents(std::string_view name)
{
    return mapped(withoutBlankEnds(name),
                  UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
}

} // namespace ocellus
