// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/data/training_classes.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/data/class_matching.h"
#include "core/data/class_rows.h"
#include "core/data/name_text.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostNamed = 20;

std::map<std::string, int> classByFolder(const std::vector<std::string>& folders, const ClassTable& table,
                                         const fs::path& split)
{
    const std::vector<int> classes = classesOfNames(folders, table, split.string());
    std::map<std::string, int> result;
    for (std::size_t i = 0; i < folders.size(); ++i)
        result.emplace(folders[i], classes[i]);
    return result;
}

/// The folders' own names as a table, checked for what none may hold.
ClassTable tableOfFolders(const fs::path& train, FolderOrder order)
{
    std::vector<std::string> names = listClassFolders(train).names;
    sortFolders(names, order);
    std::vector<ClassRow> rows;
    for (const std::string& name : names)
        rows.push_back({"folder " + name, std::nullopt, name, {}});
    ClassTable table = tableFromRows(train.string(), std::move(rows), Numbers::AreNames);
    for (std::size_t i = 0; i < names.size(); ++i)
        table.entries[i].name = normalised(names[i]);
    return table;
}

/// What a user must know of the order: another program may take another one.
std::optional<std::string> noteOnOrder(const std::vector<std::string>& names, FolderOrder order)
{
    std::vector<std::string> other = names;
    sortFolders(other, order == FolderOrder::Bytes ? FolderOrder::Natural : FolderOrder::Bytes);
    if (!areNumbers(names) || other == names)
        return std::nullopt;
    const auto start = [](const std::vector<std::string>& list) {
        const std::size_t shown = std::min<std::size_t>(list.size(), 4);
        return listed({list.begin(), list.begin() + static_cast<std::ptrdiff_t>(shown)});
    };
    const bool isBytes = order == FolderOrder::Bytes;
    return "the classes are numbers: in " +
           std::string(isBytes ? "byte order, as torchvision sorts them" : "natural order") + ", they begin with " +
           start(names) + "; --class-order " + (isBytes ? "natural" : "bytes") + " gives " + start(other);
}

void requireFolderOfEach(const fs::path& train, const ClassTable& table, const std::map<std::string, int>& ofFolder)
{
    std::set<int> found;
    for (const auto& [folder, classIndex] : ofFolder)
        found.insert(classIndex);
    std::vector<std::string> missing;
    for (int i = 0; i < table.count(); ++i)
        if (!found.contains(i))
            missing.push_back(table.entries[static_cast<std::size_t>(i)].name);
    if (!missing.empty())
        throw Error(ErrorCode::Mismatch, train.string(),
                    "expected a folder for each of the " + std::to_string(table.count()) + " classes of " +
                        table.source + ", got none for " + listed(missing),
                    "Give the table of these classes alone, or none");
}

void requireSameClasses(const fs::path& val, const ClassTable& table, const std::vector<std::string>& folders)
{
    const ClassFinder known(table);
    std::set<int> found;
    std::vector<std::string> onlyVal;
    for (const std::string& folder : folders) {
        if (const std::optional<int> classIndex = known.find(folder))
            found.insert(*classIndex);
        else
            onlyVal.push_back(folder);
    }
    std::vector<std::string> onlyTrain;
    for (int i = 0; i < table.count(); ++i)
        if (!found.contains(i))
            onlyTrain.push_back(table.entries[static_cast<std::size_t>(i)].name);
    if (onlyTrain.empty() && onlyVal.empty())
        return;
    for (const std::string& folder : onlyVal)
        if (const std::optional<int> other = known.findInOtherCase(folder))
            throw Error(ErrorCode::Mismatch, val.parent_path().string(),
                        "expected the same classes in train and val, got " +
                            table.entries[static_cast<std::size_t>(*other)].name + " in train and " + folder +
                            " in val, which differ in upper and lower case only",
                        "Name the folders alike");
    std::string detail = "expected the same classes in train and val, got ";
    if (!onlyTrain.empty())
        detail += listed(onlyTrain) + " only in train";
    if (!onlyVal.empty())
        detail += (onlyTrain.empty() ? "" : " and ") + listed(onlyVal) + " only in val";
    throw Error(ErrorCode::Mismatch, val.parent_path().string(), detail,
                "Give every class pictures in both, or remove its folder");
}

} // namespace

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), mostNamed); ++i)
        text += (i ? ", " : "") + names[i];
    if (names.size() > mostNamed)
        text += ", and " + std::to_string(names.size() - mostNamed) + " more";
    return text;
}

TrainingClasses findTrainingClasses(const fs::path& train, const std::optional<fs::path>& val, FolderOrder order,
                                    const std::optional<ClassTable>& given)
{
    TrainingClasses classes;
    // The table's indices are the model's here, so its numbers are the folders' in any order.
    const ClassTable table =
        given ? withNumbersOfFolders(*given, train, FolderOrder::Natural) : tableOfFolders(train, order);
    for (const ClassTable::Entry& entry : table.entries)
        classes.names.push_back(entry.name);
    classes.ofTrainFolder = classByFolder(listClassFolders(train).names, table, train);
    if (given)
        requireFolderOfEach(train, table, classes.ofTrainFolder);
    else if (const std::optional<std::string> note = noteOnOrder(classes.names, order))
        classes.notes.push_back(*note);
    if (val) {
        const std::vector<std::string> folders = listClassFolders(*val).names;
        requireSameClasses(*val, table, folders);
        classes.ofValFolder = classByFolder(folders, table, *val);
    }
    if (classes.names.size() < 2)
        throw Error(ErrorCode::Mismatch, train.parent_path().string(),
                    "expected at least two classes, got only " + classes.names.front(),
                    "Give each class a folder of its own in train and in val");
    return classes;
}

} // namespace ocellus
