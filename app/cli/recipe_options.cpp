// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/recipe_options.h"

#include <charconv>
#include <string_view>

#include "app/cli/query_parser.h"
#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr std::string_view pixels = "px";
constexpr const char* ofOption = "--attention-of";

template <class Number>
std::optional<Number> numberOf(std::string_view text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

[[noreturn]] void refuse(const char* option, const char* expected, const std::string& got)
{
    throw Error(ErrorCode::BadArgument, option, std::string("expected ") + expected + ", got \"" + got + "\"");
}

/// 0 for the word that stands for it, else a number from 1.
int numberOrWord(const char* option, const char* word, const std::string& text)
{
    if (text == word)
        return 0;
    const std::optional<int> number = numberOf<int>(text);
    if (!number || *number < 1)
        refuse(option, ("a number from 1, or " + std::string(word)).c_str(), text);
    return *number;
}

QueryTerm classOf(const RecipeOptions& options)
{
    const std::vector<QueryTerm> given = parseClasses(ofOption, options.of);
    if (given.size() != 1)
        refuse(ofOption, "predicted, true, or one class by its index from 0 or its name", options.of);
    return given.front();
}

AttentionRegion attentionRegion(const RecipeOptions& options)
{
    AttentionRegion region;
    region.head = numberOrWord("--attention-head", "mean", options.head);
    region.layer = numberOrWord("--attention-layer", "last", options.layer);
    region.share = options.share;
    if (options.of == "true") {
        region.of = AttentionRegion::Of::True;
    } else if (options.of != "predicted") {
        region.of = AttentionRegion::Of::Given;
        region.classIndex = classOf(options).number; // 0 of a name
    }
    return region;
}

PartRegion partRegion(const RecipeOptions& options)
{
    PartRegion region;
    region.csv = options.points;
    region.parts = options.parts;
    std::string_view text = options.radius;
    if (text.ends_with(pixels)) {
        region.unit = PartRegion::Unit::Pixels;
        text.remove_suffix(pixels.size());
    }
    const std::optional<double> radius = numberOf<double>(text);
    if (!radius)
        refuse("--radius", "a share of the longer side such as 0.05, or pixels such as 12px", options.radius);
    region.radius = *radius;
    return region;
}

Region regionOf(const RecipeOptions& options)
{
    const int regions = !options.parts.empty() + !options.head.empty() + !options.masks.empty();
    if (regions != 1)
        throw Error(ErrorCode::BadArgument, "edit-experiment",
                    "expected --recipe, or one of --part, --attention-head and --masks, got " +
                        std::string(regions == 0 ? "none" : "several"));
    if (!options.parts.empty())
        return partRegion(options);
    if (!options.head.empty())
        return attentionRegion(options);
    return MaskFileRegion{options.masks, options.maskLabel};
}

} // namespace

void addRecipeOptions(CLI::App& command, RecipeOptions& options)
{
    CLI::Option* file = command.add_option("--recipe", options.file, "What to do where, as JSON: see below");
    const auto alone = [&](CLI::Option* option) { return option->excludes(file); };
    CLI::Option* parts =
        alone(command.add_option("--part", options.parts, "Parts around which to edit, from --points"))->delimiter(',');
    CLI::Option* points =
        alone(command.add_option("--points", options.points, "CSV with file, part, x, y"))->needs(parts);
    parts->needs(points);
    alone(command.add_option("--radius", options.radius, "Around each part: share of the longer side, or 12px"))
        ->needs(parts)
        ->capture_default_str();
    CLI::Option* head = alone(command.add_option(
        "--attention-head", options.head,
        "Edit what one of the class's maps shows (a head, prototype or node): its number from 1, or mean"));
    alone(command.add_option(ofOption, options.of, "predicted, true, or a class by its index from 0 or its name"))
        ->needs(head)
        ->capture_default_str();
    alone(command.add_option("--attention-layer", options.layer, "Number from 1, or last"))
        ->needs(head)
        ->capture_default_str();
    alone(command.add_option("--attention-share", options.share, "Share of its attention that the cells hold"))
        ->needs(head)
        ->capture_default_str();
    CLI::Option* masks = alone(command.add_option(
        "--masks", options.masks, "Folder of NAME.mask.png or NAME.png: two values, the larger where to edit"));
    alone(command.add_option("--mask-label", options.maskLabel, "The value that is meant in masks of several labels"))
        ->needs(masks)
        ->check(CLI::Range(0, 65535));
    CLI::Option* operation = alone(command.add_option(
        "--operation", options.operation, "inpaint, texture-fill, recolour, take-colour, blur, noise, mean-fill, ..."));
    alone(command.add_option("--parameter", options.parameters, "NAME=VALUE of the operation, as in a recipe"))
        ->needs(operation);
    alone(command.add_option("--grow", options.grow, "Pixels added around the region"))->capture_default_str();
    alone(command.add_option("--feather", options.feather, "Pixels of its soft edge"))->capture_default_str();
}

EditRecipe recipeOf(const RecipeOptions& options)
{
    if (!options.file.empty())
        return readRecipe(options.file);
    if (options.operation.empty())
        throw Error(ErrorCode::BadArgument, "edit-experiment", "expected --recipe or --operation, got neither");
    EditRecipe recipe{regionOf(options), options.grow, options.feather,
                      operationOf(options.operation, options.parameters)};
    requireValid(recipe);
    return recipe;
}

void takeNamedClass(EditRecipe& recipe, const RecipeOptions& options, const ClassTable& table)
{
    auto* region = std::get_if<AttentionRegion>(&recipe.region);
    if (region && options.file.empty() && region->of == AttentionRegion::Of::Given)
        region->classIndex = classOfTerm(ofOption, classOf(options), table);
}

} // namespace ocellus
