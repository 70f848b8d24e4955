// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/data/class_table.h"
#include "core/engine/decoding.h"
#include "core/engine/query_set.h"

namespace ocellus {

/// One item of `--query`, before the model and the picture are known.
struct QueryTerm {
    enum class Kind { Top, All, Index, Name };

    Kind kind = Kind::All;
    int number = 0;   ///< how many with Top, the class with Index
    std::string name; ///< with Name, without its quotes

    bool operator==(const QueryTerm&) const = default;
};

/// What one picture's query comes to.
struct QueryClasses {
    std::vector<int> classes; ///< in the order asked for, each once
    std::vector<int> figures; ///< those that get a figure: all but the ones that only `all` brought in
};

/// Reads `top:K | all | 3,17 | "Name"` and mixtures of them by comma. Quotes are needed only around names that hold a
/// comma or would mean something else. Throws Error(BadArgument).
std::vector<QueryTerm> parseQuery(std::string_view text);

/// Reads `3,17,"Name"`, classes alone. `option` is named in errors. Throws Error(BadArgument).
std::vector<QueryTerm> parseClasses(const std::string& option, std::string_view text);

/// The class of that index from 0 or that name, as ClassFinder::meant() reads it. Throws Error(BadArgument), which
/// `option` names: for a name of several classes with these, for one of none with those that are close.
int classOfTerm(const std::string& option, const QueryTerm& term, const ClassTable& table);

/// Turns names into indices, and checks that every class is there and has a map under `set`. Throws as classOfTerm().
std::vector<QueryTerm> resolve(std::vector<QueryTerm> terms, const ClassTable& table, const QuerySet& set);

/// The classes that resolved terms mean in one picture. A K above the number of classes means all of them. Where only
/// `all` was asked for, the figure is that of the class with the highest logit.
QueryClasses queryClasses(const std::vector<QueryTerm>& terms, const Decoding& decoding);

} // namespace ocellus
