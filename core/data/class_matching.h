// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/data/class_order.h"
#include "core/data/class_table.h"

namespace ocellus {

/// Finds the classes of a table by what they are called. Two names are one where they are equal in Unicode's normal
/// form C without white space at their ends, or after displayName(). Latin names and Entry::folder name classes too.
class ClassFinder {
public:
    explicit ClassFinder(const ClassTable& table);
    ~ClassFinder();

    /// Nothing for a name that fits no class or several.
    std::optional<int> find(const std::string& name) const;
    /// The classes that a person may mean by it: those that find() knows by it, else those whose names differ in upper
    /// and lower case only. Ascending; several where it is ambiguous.
    std::vector<int> meant(const std::string& name) const;
    /// The class whose name differs in upper and lower case only, for errors that name both.
    std::optional<int> findInOtherCase(const std::string& name) const;

private:
    struct Index;
    std::unique_ptr<const Index> m_index;
};

/// "3 Herring Gull, 4 Common Gull" for errors: an index is always one class's.
std::string listOfClasses(const std::vector<int>& classes, const ClassTable& table);

/// The table's class of each name, as ClassFinder finds it.
/// `source` is what errors call the names' origin. Throws Error(Mismatch) for names without a class, with several, and
/// for two names of one class.
std::vector<int> classesOfNames(const std::vector<std::string>& names, const ClassTable& table,
                                const std::string& source);

/// Names for the classes of a checkpoint that has some itself: its own stay what a data set's folders may be called.
/// Where those are the numbers of folders, an indexed table names the numbers.
/// Throws Error(Mismatch) where table and checkpoint have one name for two classes.
ClassTable withNamesOfCheckpoint(ClassTable table, const std::vector<std::string>& names);

/// For a checkpoint without names: the data set's folders are its classes, in byte order or in the order chosen.
/// Throws what readClassTable throws of a folder, and Error(Mismatch) unless there is one for each of the classes, and
/// where no order is chosen and a name contradicts byte order.
ClassTable classesInFolderOrder(const std::filesystem::path& folder, int classes,
                                std::optional<FolderOrder> order = std::nullopt);

/// For a checkpoint without names and an indexed table of which the data set's folders have the numbers. In byte order,
/// class 1 is folder 10; then the table names folders. Other tables and folders stay as they are.
/// Throws Error(Mismatch) where the two orders differ and none is chosen.
ClassTable withNumbersOfFolders(ClassTable table, const std::filesystem::path& folder,
                                std::optional<FolderOrder> order = std::nullopt);

/// Which classes look alike.
struct Rings {
    /// For each class of the table, the classes of its ring, itself among them, ascending; none for a class that the
    /// file does not name.
    std::vector<std::vector<int>> ofClass;
    std::string dialect; ///< as CsvColumns has it
};

/// Reads a CSV with the columns species and ring.
/// Throws Error: NotFound, Unreadable, TooLarge, Damaged, Mismatch (as classesOfNames).
Rings readRings(const std::filesystem::path& path, const ClassTable& table);

} // namespace ocellus
