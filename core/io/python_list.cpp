// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/python_list.h"

#include <charconv>
#include <cstddef>
#include <cstdint>

#include "core/io/text.h"

namespace ocellus {

namespace {

constexpr std::size_t longestList = 4U << 20;

class Reader {
public:
    explicit Reader(std::string_view text) : m_rest(text) {}

    std::optional<std::vector<std::string>> list()
    {
        skipSpaces();
        const char close = take('[') ? ']' : take('(') ? ')' : '\0';
        std::vector<std::string> items;
        skipSpaces();
        while (close && !take(close)) {
            std::optional<std::string> item = string();
            skipSpaces();
            if (!item || (!take(',') && !m_rest.starts_with(close)))
                return std::nullopt;
            items.push_back(std::move(*item));
            skipSpaces();
        }
        skipSpaces();
        return close && m_rest.empty() ? std::optional(std::move(items)) : std::nullopt;
    }

private:
    bool take(char letter)
    {
        const bool there = m_rest.starts_with(letter);
        m_rest.remove_prefix(there ? 1 : 0);
        return there;
    }

    void skipSpaces()
    {
        while (!m_rest.empty() && (m_rest.front() == ' ' || m_rest.front() == '\n' || m_rest.front() == '\t'))
            m_rest.remove_prefix(1);
    }

    std::optional<std::string> string()
    {
        take('u'); // Python 2's texts
        const char quote = take('\'') ? '\'' : take('"') ? '"' : '\0';
        std::string value;
        while (quote && !m_rest.empty()) {
            const char letter = m_rest.front();
            m_rest.remove_prefix(1);
            if (letter == quote)
                return isUtf8(value) ? std::optional(std::move(value)) : std::nullopt;
            if (letter != '\\')
                value += letter;
            else if (!escape(value))
                return std::nullopt;
        }
        return std::nullopt;
    }

    bool escape(std::string& value)
    {
        if (m_rest.empty())
            return false;
        const char kind = m_rest.front();
        m_rest.remove_prefix(1);
        switch (kind) {
        case '\\':
        case '\'':
        case '"': value += kind; return true;
        case 'n': value += '\n'; return true;
        case 'r': value += '\r'; return true;
        case 't': value += '\t'; return true;
        case 'x': return character(2, value);
        case 'u': return character(4, value);
        case 'U': return character(8, value);
        default: return false;
        }
    }

    bool character(std::size_t digits, std::string& value)
    {
        std::uint32_t code = 0;
        const std::string_view number = m_rest.substr(0, digits);
        const auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), code, 16);
        if (number.size() < digits || failure != std::errc() || end != number.data() + digits)
            return false;
        m_rest.remove_prefix(digits);
        return appendUtf8(code, value);
    }

    std::string_view m_rest;
};

} // namespace

std::optional<std::vector<std::string>> parsePythonList(std::string_view text)
{
    return text.size() <= longestList ? Reader(text).list() : std::nullopt;
}

} // namespace ocellus
