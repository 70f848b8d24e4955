// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/data/class_table.h"
#include "core/experiment/edit_recipe.h"

namespace ocellus {

/// A recipe as options: a file, or a region and an operation.
struct RecipeOptions {
    std::string file;
    std::vector<std::string> parts;
    std::string points;
    std::string radius = "0.05"; ///< of the longer side, or "12px"
    std::string head;            ///< "mean" or from 1; empty: no region by attention
    std::string of = "predicted";
    std::string layer = "last";
    double share = 0.25;
    std::string masks;
    std::optional<int> maskLabel;
    std::string operation;
    std::vector<std::string> parameters;
    double grow = 0;
    double feather = 0;
};

/// Adds --recipe and the options that can stand in its place.
void addRecipeOptions(CLI::App& command, RecipeOptions& options);

/// Throws Error: BadArgument for options that name no region, several, or none of an operation's values, and what
/// readRecipe throws.
EditRecipe recipeOf(const RecipeOptions& options);

/// Gives the recipe the class that --attention-of names, which only a table knows. Throws what classOfTerm throws.
void takeNamedClass(EditRecipe& recipe, const RecipeOptions& options, const ClassTable& table);

} // namespace ocellus
