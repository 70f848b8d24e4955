// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/class_matching.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/data/csv_columns.h"

namespace ocellus {

namespace {

/// Finds classes by what they are called.
class Names {
public:
    explicit Names(const ClassTable& table)
    {
        for (int i = 0; i < table.count(); ++i) {
            const std::string& name = table.entries[static_cast<std::size_t>(i)].name;
            m_exact.emplace(name, i);
            m_shown.emplace(displayName(name), i);
        }
    }

    std::optional<int> find(const std::string& name) const
    {
        if (const auto exact = m_exact.find(name); exact != m_exact.end())
            return exact->second;
        const auto [first, last] = m_shown.equal_range(displayName(name));
        if (first == last || std::next(first) != last)
            return std::nullopt;
        return first->second;
    }

private:
    std::map<std::string, int> m_exact;
    std::multimap<std::string, int> m_shown;
};

/// "a, b, c and 4 more"
std::string enumerated(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > most ? text + " and " + std::to_string(names.size() - most) + " more" : text;
}

[[noreturn]] void refuse(const std::string& source, const std::string& detail)
{
    throw Error(ErrorCode::Mismatch, source, detail,
                "Name them as the classes are named, or give the class table that fits");
}

} // namespace

std::vector<int> classesOfNames(const std::vector<std::string>& names, const ClassTable& table,
                                const std::string& source)
{
    const Names known(table);
    std::vector<int> classes;
    std::vector<std::string> unknown;
    std::map<int, std::string> nameOfClass;
    for (const std::string& name : names) {
        const std::optional<int> found = known.find(name);
        if (!found) {
            unknown.push_back(name);
            continue;
        }
        const auto [earlier, isNew] = nameOfClass.emplace(*found, name);
        if (!isNew)
            refuse(source, "expected one name a class, got " + earlier->second + " and " + name + " for the same");
        classes.push_back(*found);
    }
    if (!unknown.empty())
        refuse(source, "expected names of the model's classes, but " + std::to_string(unknown.size()) + " of " +
                           std::to_string(names.size()) + " fit none or several: " + enumerated(unknown));
    return classes;
}

ClassTable classesInFolderOrder(const std::filesystem::path& folder, int classes)
{
    ClassTable table = readClassTable(folder);
    if (table.count() != classes)
        throw Error(ErrorCode::Mismatch, folder.string(),
                    "expected " + std::to_string(classes) + " folders, one for each class of a checkpoint that holds " +
                        "no class names, got " + std::to_string(table.count()),
                    "Give the names of its classes with a class table");
    return table;
}

std::vector<std::vector<int>> readRings(const std::filesystem::path& path, const ClassTable& table)
{
    const std::vector<CsvRow> rows = readCsvColumns(path, "rings", {"species", "ring"});
    std::vector<std::string> species;
    std::map<std::string, std::vector<int>> members;
    for (const CsvRow& row : rows) {
        if (row.fields[0].empty() || row.fields[1].empty())
            throwBadLine(path, row.line, "expected a species and its ring, got an empty name");
        species.push_back(row.fields[0]);
    }
    const std::vector<int> classes = classesOfNames(species, table, path.string());
    for (std::size_t i = 0; i < rows.size(); ++i)
        members[rows[i].fields[1]].push_back(classes[i]);

    std::vector<std::vector<int>> rings(table.entries.size());
    for (auto& [ring, ofRing] : members) {
        std::ranges::sort(ofRing);
        for (const int classIndex : ofRing)
            rings[static_cast<std::size_t>(classIndex)] = ofRing;
    }
    return rings;
}

} // namespace ocellus
