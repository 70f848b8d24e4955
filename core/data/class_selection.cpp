// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/class_selection.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <string_view>

#include "core/base/error.h"
#include "core/data/class_matching.h"
#include "core/data/class_rows.h"
#include "core/data/csv_columns.h"
#include "core/data/name_text.h"
#include "core/data/text_file.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t maxBytes = 10'000'000;

/// A number from 0 that is a class's index, where no class is called so.
std::optional<int> indexIn(const ClassTable& table, const std::string& text)
{
    const std::optional<std::int64_t> index = parseIndex(text);
    if (!index || *index >= table.count())
        return std::nullopt;
    return static_cast<int>(*index);
}

[[noreturn]] void refuseLine(const fs::path& path, std::size_t line, const std::string& text,
                             const std::vector<int>& meant, const ClassTable& table)
{
    throw Error(ErrorCode::Mismatch, path.string(),
                "line " + std::to_string(line) +
                    (meant.empty()
                         ? ": expected a class's name, or an index from 0 to " + std::to_string(table.count() - 1)
                         : ": expected a name that only one class has") +
                    ", got \"" + text + "\"",
                meant.empty() ? "" : "Give its index: " + listOfClasses(meant, table));
}

bool isLetter(char letter, char first, char last)
{
    return letter >= first && letter <= last;
}

/// "Papilio" of "Papilio machaon" or "Papilio_machaon"; empty where the name has another form. An epithet may have
/// a hyphen ("Polygonia c-album") or a full stop ("Papilio sp."), a genus neither.
std::string genusByForm(const std::string& name)
{
    const std::size_t end = name.find_first_of(" _");
    if (end == std::string::npos || end < 2 || end + 1 == name.size() || !isLetter(name.front(), 'A', 'Z'))
        return {};
    const std::string genus = name.substr(0, end);
    const auto isLower = [](char letter) { return isLetter(letter, 'a', 'z') || (letter & 0x80) != 0; };
    if (!std::all_of(genus.begin() + 1, genus.end(), isLower))
        return {};
    const std::string epithet = name.substr(end + 1, name.find_first_of(" _", end + 1) - end - 1);
    const auto isEpithet = [&](char letter) { return isLower(letter) || letter == '-' || letter == '.'; };
    return !epithet.empty() && isLower(epithet.front()) && std::ranges::all_of(epithet, isEpithet) ? genus
                                                                                                   : std::string();
}

/// Rows of the CSV that have `value` in `column`, by the names of their classes.
std::vector<std::string> namesInColumn(const ClassTable& table, const std::string& column, const std::string& value)
{
    const CsvColumns read = readCsvColumns(
        table.source, "class table",
        {{column},
         {"name",
          {"common", "english", "vernacular", "class name", "label name", "latin", "scientific", "binomial",
           "latin name", "scientific name", "common name", "english name", "class", "label", "species"}}});
    std::vector<std::string> names;
    for (const CsvRow& row : read.rows)
        if (caseFolded(row.fields[0]) == value)
            names.push_back(row.fields[1]);
    return names;
}

} // namespace

std::vector<int> classesOfFile(const fs::path& path, const ClassTable& table)
{
    const std::string text = readTextFile(path, "list of classes", maxBytes).text;
    const ClassFinder finder(table);
    std::vector<int> classes;
    std::set<int> taken;
    std::size_t line = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string_view content = std::string_view(text).substr(begin, end - begin);
        if (content.ends_with('\r'))
            content.remove_suffix(1);
        const std::string name(trimmed(content));
        begin = end + 1;
        ++line;
        if (name.empty() || name.starts_with('#'))
            continue;
        const std::vector<int> meant = finder.meant(name);
        const std::optional<int> found = meant.size() == 1 ? std::optional(meant.front())
                                         : meant.empty()   ? indexIn(table, name)
                                                           : std::nullopt;
        if (!found)
            refuseLine(path, line, name, meant, table);
        if (taken.insert(*found).second)
            classes.push_back(*found);
    }
    if (classes.empty())
        throw Error(ErrorCode::Damaged, path.string(), "expected a class a line, got none");
    return classes;
}

std::vector<int> classesOfTaxon(const std::string& taxon, const ClassTable& table)
{
    std::set<int> classes;
    const std::size_t equals = taxon.find('=');
    if (equals == std::string::npos && !hasGenera(table))
        throw Error(
            ErrorCode::BadArgument, taxon,
            "expected classes with Latin names to take a genus of, got names such as \"" +
                (table.entries.empty() ? std::string() : table.entries.front().name) + "\"",
            "Give a class table with a column of scientific names, or write COLUMN=VALUE of one of its columns, "
            "or list the classes");
    if (equals == std::string::npos) {
        const std::vector<int> ofGenus = classesOfGenus(taxon, table);
        classes.insert(ofGenus.begin(), ofGenus.end());
    } else {
        const ClassFinder finder(table);
        for (const std::string& name :
             namesInColumn(table, std::string(trimmed(std::string_view(taxon).substr(0, equals))),
                           caseFolded(std::string(trimmed(std::string_view(taxon).substr(equals + 1))))))
            if (const std::optional<int> found = finder.find(name))
                classes.insert(*found);
    }
    if (classes.empty())
        throw Error(ErrorCode::BadArgument, taxon, "expected a taxon of the model's classes, got one without a class",
                    "Name a genus, the first word of Latin names, or COLUMN=VALUE of the class table");
    return {classes.begin(), classes.end()};
}

std::vector<int> classesOfGenus(const std::string& genus, const ClassTable& table)
{
    const std::string folded = caseFolded(genus);
    std::vector<int> classes;
    for (int i = 0; i < table.count(); ++i)
        if (const std::string own = genusOf(table.entries[static_cast<std::size_t>(i)]);
            !own.empty() && caseFolded(own) == folded)
            classes.push_back(i);
    return classes;
}

std::string genusOf(const ClassTable::Entry& entry)
{
    return entry.latin.empty() ? genusByForm(entry.name) : entry.latin.substr(0, entry.latin.find_first_of(" _"));
}

bool hasGenera(const ClassTable& table)
{
    std::set<std::string> genera;
    std::size_t binomials = 0;
    for (const ClassTable::Entry& entry : table.entries) {
        if (!entry.latin.empty())
            return true;
        if (std::string genus = genusByForm(entry.name); !genus.empty()) {
            genera.insert(std::move(genus));
            ++binomials;
        }
    }
    return genera.size() < binomials && 10 * binomials >= 9 * table.entries.size();
}

} // namespace ocellus
