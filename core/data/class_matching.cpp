// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/class_matching.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/data/class_rows.h"
#include "core/data/csv_columns.h"
#include "core/data/name_text.h"

namespace ocellus {

/// Classes by their names in three degrees of likeness.
struct ClassFinder::Index {
    std::multimap<std::string, int> exact;
    std::multimap<std::string, int> shown;
    std::multimap<std::string, int> folded;
};

namespace {

/// "a, b, c and 4 more"
std::string enumerated(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > most ? text + " and " + std::to_string(names.size() - most) + " more" : text;
}

std::vector<int> allOf(const std::multimap<std::string, int>& classes, const std::string& key)
{
    std::set<int> found;
    for (auto [entry, last] = classes.equal_range(key); entry != last; ++entry)
        found.insert(entry->second);
    return {found.begin(), found.end()};
}

std::optional<int> only(const std::multimap<std::string, int>& classes, const std::string& key)
{
    const std::vector<int> found = allOf(classes, key);
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

/// As a class is shown; the numbers of folders without leading zeros.
std::string shownKey(const std::string& name)
{
    if (areNumbers({name}))
        return name.substr(std::min(name.find_first_not_of('0'), name.size() - 1));
    return normalised(displayName(name));
}

[[noreturn]] void refuse(const std::string& source, const std::string& detail)
{
    throw Error(ErrorCode::Mismatch, source, detail,
                "Leave their pictures out, name them as the classes are named, or give the class table that fits");
}

std::string written(const ClassTable& table, int classIndex)
{
    return table.entries[static_cast<std::size_t>(classIndex)].name;
}

/// The numbers as which the table writes its indices.
std::vector<std::string> numbersOf(const ClassTable& table)
{
    std::vector<std::string> numbers;
    for (int i = 0; i < table.count(); ++i)
        numbers.push_back(std::to_string(table.base + i));
    return numbers;
}

/// "007" is folder 7.
std::optional<std::size_t> placeOfNumber(const std::string& folder, const ClassTable& table)
{
    if (folder.size() > 9 || !areNumbers({folder}))
        return std::nullopt;
    const int number = std::stoi(folder) - table.base;
    return number < 0 || number >= table.count() ? std::nullopt : std::optional(static_cast<std::size_t>(number));
}

/// The table with its class k being what folders[k] has the number of; nothing where they are not its numbers.
std::optional<ClassTable> orderedBy(const std::vector<std::string>& folders, const ClassTable& table)
{
    ClassTable ordered = table;
    std::set<std::size_t> used;
    for (std::size_t i = 0; i < folders.size(); ++i) {
        const std::optional<std::size_t> place = placeOfNumber(folders[i], table);
        if (!place || !used.insert(*place).second)
            return std::nullopt;
        ordered.entries[i] = table.entries[*place];
        ordered.entries[i].folder = folders[i];
    }
    return ordered;
}

void requireAgreement(const ClassTable& table, const std::vector<std::string>& names)
{
    const ClassFinder known(table);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::optional<int> found = known.find(names[i]);
        if (found && static_cast<std::size_t>(*found) != i)
            throw Error(ErrorCode::Mismatch, table.source,
                        "\"" + displayName(names[i]) + "\" is class " + std::to_string(i) +
                            " of the checkpoint and class " + std::to_string(*found) + " of the table",
                        "Give the class table that the checkpoint was trained with, or none: the checkpoint has names");
    }
}

} // namespace

ClassFinder::ClassFinder(const ClassTable& table)
{
    auto index = std::make_unique<Index>();
    for (int i = 0; i < table.count(); ++i) {
        const ClassTable::Entry& entry = table.entries[static_cast<std::size_t>(i)];
        for (const std::string& name : {entry.name, entry.latin, entry.folder}) {
            if (name.empty())
                continue;
            index->exact.emplace(normalised(name), i);
            index->shown.emplace(shownKey(name), i);
            index->folded.emplace(caseFolded(displayName(name)), i);
        }
    }
    m_index = std::move(index);
}

ClassFinder::~ClassFinder() = default;

std::optional<int> ClassFinder::find(const std::string& name) const
{
    const std::string exact = normalised(name);
    return m_index->exact.contains(exact) ? only(m_index->exact, exact) : only(m_index->shown, shownKey(name));
}

std::vector<int> ClassFinder::meant(const std::string& name) const
{
    for (const auto& [classes, key] : {std::pair(&m_index->exact, normalised(name)),
                                       {&m_index->shown, shownKey(name)},
                                       {&m_index->folded, caseFolded(displayName(name))}})
        if (std::vector<int> found = allOf(*classes, key); !found.empty())
            return found;
    return {};
}

std::optional<int> ClassFinder::findInOtherCase(const std::string& name) const
{
    if (m_index->shown.contains(shownKey(name))) // of several classes: the case is not to blame
        return std::nullopt;
    const auto found = m_index->folded.find(caseFolded(displayName(name)));
    return found == m_index->folded.end() ? std::nullopt : std::optional(found->second);
}

std::string listOfClasses(const std::vector<int>& classes, const ClassTable& table)
{
    std::vector<std::string> names;
    for (const int classIndex : classes)
        names.push_back(std::to_string(classIndex) + ' ' + written(table, classIndex));
    return enumerated(names);
}

std::vector<int> classesOfNames(const std::vector<std::string>& names, const ClassTable& table,
                                const std::string& source)
{
    const ClassFinder known(table);
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
    for (const std::string& name : unknown)
        if (const std::optional<int> other = known.findInOtherCase(name); other && written(table, *other) != name)
            refuse(source, "expected names of the model's classes, got " + name + ", which differs from " +
                               written(table, *other) + " in upper and lower case only");
    if (!unknown.empty())
        refuse(source, "expected names of the model's classes, but " + std::to_string(unknown.size()) + " of " +
                           std::to_string(names.size()) + " fit none or several: " + enumerated(unknown));
    return classes;
}

ClassTable withNamesOfCheckpoint(ClassTable table, const std::vector<std::string>& names)
{
    if (static_cast<std::size_t>(table.count()) != names.size())
        return table;
    if (table.isIndexed && areNumbers(names)) {
        if (auto ordered = orderedBy(names, table)) {
            ordered->reading += "; its indices are the numbers of the checkpoint's classes";
            return *ordered;
        }
    }
    requireAgreement(table, names);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (normalised(names[i]) != normalised(table.entries[i].name))
            table.entries[i].folder = names[i];
    return table;
}

ClassTable classesInFolderOrder(const std::filesystem::path& folder, int classes, std::optional<FolderOrder> order)
{
    std::vector<std::string> names;
    for (const ClassRow& row : rowsFromFolder(folder, order.value_or(FolderOrder::Bytes)))
        names.push_back(row.name);
    if (names.size() != static_cast<std::size_t>(classes))
        throw Error(ErrorCode::Mismatch, folder.string(),
                    "expected " + std::to_string(classes) + " folders, one for each class of a checkpoint that holds " +
                        "no class names, got " + std::to_string(names.size()),
                    "Give the names of its classes with a class table");
    if (!order)
        requireOrderOfFolders(folder, names);
    ClassTable table = readClassTable(folder, order.value_or(FolderOrder::Bytes));
    for (std::size_t i = 0; i < names.size(); ++i)
        table.entries[i].folder = names[i];
    return table;
}

ClassTable withNumbersOfFolders(ClassTable table, const std::filesystem::path& folder, std::optional<FolderOrder> order)
{
    if (!table.isIndexed || !areNumbers(listClassFolders(folder).names))
        return table;
    std::vector<std::string> bytes = numbersOf(table);
    sortFolders(bytes, FolderOrder::Bytes);
    const std::vector<std::string> natural = numbersOf(table);
    if (!order && bytes != natural) {
        const auto place = std::ranges::mismatch(bytes, natural).in1 - bytes.begin();
        throw Error(ErrorCode::Mismatch, table.source,
                    "the checkpoint holds no class names, and class " + std::to_string(place) + " is folder " +
                        bytes[static_cast<std::size_t>(place)] +
                        " in byte order, as torchvision sorts them, and folder " +
                        natural[static_cast<std::size_t>(place)] + " in the order of the numbers",
                    "Choose with --class-order bytes or --class-order natural");
    }
    return orderedBy(order == FolderOrder::Bytes ? bytes : natural, table).value_or(table);
}

Rings readRings(const std::filesystem::path& path, const ClassTable& table)
{
    const CsvColumns read =
        readCsvColumns(path, "rings", {{"species", {"class name", "class", "name"}}, {"ring", {"mimicry ring"}}});
    std::vector<std::string> species;
    std::map<std::string, std::vector<int>> members;
    for (const CsvRow& row : read.rows) {
        if (row.fields[0].empty() || row.fields[1].empty())
            throwBadLine(path, row.line, "expected a species and its ring, got an empty name");
        species.push_back(row.fields[0]);
    }
    const std::vector<int> classes = classesOfNames(species, table, path.string());
    for (std::size_t i = 0; i < read.rows.size(); ++i)
        members[normalised(read.rows[i].fields[1])].push_back(classes[i]);

    Rings rings{std::vector<std::vector<int>>(table.entries.size()), read.dialect};
    for (auto& [ring, ofRing] : members) {
        std::ranges::sort(ofRing);
        for (const int classIndex : ofRing)
            rings.ofClass[static_cast<std::size_t>(classIndex)] = ofRing;
    }
    return rings;
}

} // namespace ocellus
