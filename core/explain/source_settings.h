// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ocellus {

/// Something about a source that can be chosen, as a window's form or a command line's text needs it.
struct SourceOption {
    enum class Kind {
        Flag,   ///< "yes" or "no"
        Whole,  ///< from `low` to `high`
        Real,   ///< the same
        Choice, ///< one of `choices`
        Text,   ///< checked by the source: a stage's name depends on the model
        Classes ///< class indices, "3+17"; may be empty
    };

    std::string key;      ///< "masks"
    std::string meaning;  ///< "most masks that are tried"
    std::string standard; ///< the value where none is given
    Kind kind = Kind::Text;
    double low = 0;
    double high = 0;
    std::vector<std::string> choices = {};
};

/// The options of one source, each with a value that has been checked.
class SourceSettings {
public:
    /// Standard values.
    explicit SourceSettings(std::vector<SourceOption> options = {});

    /// Throws Error(BadArgument): no such option, or a value that it does not take; names what it takes.
    void set(const std::string& key, const std::string& value);

    bool flag(std::string_view key) const;
    int whole(std::string_view key) const;
    double real(std::string_view key) const;
    const std::string& text(std::string_view key) const;
    std::vector<int> classes(std::string_view key) const;

    const std::vector<SourceOption>& options() const { return m_options; }

    /// "grid=7 masks=500 seed=0": all of them, ascending by key, for provenance and as a key of caches.
    std::string summary() const;

    bool operator==(const SourceSettings& other) const { return m_values == other.m_values; }

private:
    const SourceOption& option(std::string_view key) const;

    std::vector<SourceOption> m_options;
    std::map<std::string, std::string, std::less<>> m_values;
};

/// What a user asks for: a source's id and its options that differ from the standard.
struct SourceText {
    std::string source;
    std::map<std::string, std::string> options;

    bool operator==(const SourceText&) const = default;
};

/// The text that parseSource() reads.
std::string toString(const SourceText& source);

/// Reads "rise:masks=250:seed=3". Throws Error(BadArgument) for an empty id, an option without "=" or named twice.
SourceText parseSource(std::string_view text);

} // namespace ocellus
