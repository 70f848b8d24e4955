// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/data/class_table.h"

namespace ocellus {

/// Reads classes from a text file, one a line, by index from 0 or by name as ClassFinder::meant() reads it; blank lines
/// and those that begin with # are passed over. In the file's order, each once. Throws Error: NotFound, Unreadable,
/// TooLarge, Damaged (none in it), Mismatch (a line that is no class of the table or may be several, with its number).
std::vector<int> classesOfFile(const std::filesystem::path& path, const ClassTable& table);

/// The classes of a taxon, ascending, upper and lower case being the same: of "Papilio" those whose genusOf() that is;
/// of "family=Papilionidae" those that have it in that column of the CSV which the table was read from. Throws Error:
/// BadArgument (no class, no such column, a genus where hasGenera() says no), and what reading the CSV throws.
std::vector<int> classesOfTaxon(const std::string& taxon, const ClassTable& table);

/// The classes whose genusOf() is that word, in any case. May be empty.
std::vector<int> classesOfGenus(const std::string& genus, const ClassTable& table);

/// The first word of the Latin name, or of a name that is a Latin binomial by its form; empty where there is neither.
/// "Red-headed_Woodpecker" is of no genus Red-headed.
std::string genusOf(const ClassTable::Entry& entry);

/// Whether the classes have genera: some have a scientific name of their own in the table, or nine in ten names have
/// the form "Genus species" ("Genus_species"), with a capital first and none in the second word, and two of them share
/// the first.
bool hasGenera(const ClassTable& table);

} // namespace ocellus
