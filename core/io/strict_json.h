// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/base/error.h"

namespace ocellus {

/// Asks JSON from anybody's files for what is expected; every other answer is an Error that names the source, the place
/// and what was found: Damaged, or TooLarge where it is only too much.
class StrictJson {
public:
    explicit StrictJson(std::string source);

    /// Parses a text of UTF-8 whose values nest at most `maxDepth` deep and are at most `maxValues`, keys included.
    nlohmann::json parsed(std::string_view text, int maxDepth, std::size_t maxValues) const;

    const std::string& source() const { return m_source; }
    /// What errors name besides the source from now on, such as "picture 3"; empty for nothing.
    void setPlace(std::string place) { m_place = std::move(place); }

    [[noreturn]] void fail(const std::string& detail) const;
    [[noreturn]] void failTooLarge(const std::string& detail) const;

    /// An object with these keys, and no others than `optional`.
    void requireKeys(const nlohmann::json& value, const char* what, std::initializer_list<const char*> keys,
                     std::initializer_list<const char*> optional = {}) const;
    void requireArray(const nlohmann::json& value, const char* what, std::size_t most) const;
    int integer(const nlohmann::json& value, const char* what, int least, int most) const;
    double number(const nlohmann::json& value, const char* what) const; ///< JSON knows finite ones only
    bool boolean(const nlohmann::json& value, const char* what) const;
    const std::string& text(const nlohmann::json& value, const char* what, std::size_t mostBytes) const;
    /// Without a limit: for texts whose bytes are counted otherwise.
    const std::string& text(const nlohmann::json& value, const char* what) const;

private:
    std::string m_source;
    std::string m_place;
};

} // namespace ocellus
