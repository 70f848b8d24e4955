// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "tests/io/pickle_writer.h"

namespace ocellus::test {

/// A whole legacy file around the pickle of its object.
inline std::string legacyFile(const std::string& object, const std::string& keys, const std::string& storages,
                              bool littleEndian = true)
{
    const std::string magic = PickleWriter().raw("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19").stop();
    const std::string version = PickleWriter().integer(1001).stop();
    const std::string system =
        PickleWriter().raw("}").text("little_endian").raw(littleEndian ? "\x88" : "\x89").raw("s").stop();
    return magic + version + system + object + keys + storages;
}

inline std::string legacyKeys(std::initializer_list<std::string_view> names)
{
    PickleWriter keys;
    keys.raw("](");
    for (const std::string_view name : names)
        keys.text(name);
    return keys.raw("e").stop();
}

inline std::string floats(std::int64_t claimed, std::size_t count)
{
    return rawBytes(claimed) + std::string(count * 4, '\0');
}

} // namespace ocellus::test
