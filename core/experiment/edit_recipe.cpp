// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/edit_recipe.h"

#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/edit/edit.h"
#include "core/edit/edit_json.h"
#include "core/edit/edit_reader.h"
#include "core/edit/operation_fields.h"

namespace ocellus {

using nlohmann::json;

namespace {

constexpr double maxMargin = 1'000;

[[noreturn]] void refuse(const std::string& detail)
{
    throw Error(ErrorCode::BadArgument, "recipe", detail);
}

void requireRange(const char* name, double value, double least, double most)
{
    // Written so that a number that is none fails too.
    if (!(value >= least && value <= most)) {
        std::ostringstream text;
        text.imbue(std::locale::classic());
        text << "expected " << name << " from " << least << " to " << most << ", got " << value;
        refuse(text.str());
    }
}

/// For ranges that begin above 0.
constexpr double aboveZero = 1e-6;

struct RegionCheck {
    void operator()(const MaskFileRegion&) const {}

    void operator()(const NamedMaskRegion& region) const
    {
        if (region.mask.empty())
            refuse("expected a mask that selects something, got an empty one");
    }

    void operator()(const AttentionRegion& region) const
    {
        requireRange("a share of the attention", region.share, aboveZero, 1);
        if (region.classIndex < 0 || region.layer < 0 || region.head < 0)
            refuse("expected a class from 0 and layer and head from 1, or 0 for the last layer and the mean");
    }

    void operator()(const PartRegion& region) const
    {
        constexpr double maxRadius = 10'000;
        if (region.csv.empty())
            refuse("expected a file of part points, got no name");
        if (region.parts.empty())
            refuse("expected the names of parts, got none");
        if (std::set(region.parts.begin(), region.parts.end()).size() != region.parts.size())
            refuse("expected each part once, got one twice");
        requireRange("a radius", region.radius, aboveZero, region.unit == PartRegion::Unit::Pixels ? maxRadius : 1);
    }
};

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return text;
}

std::string classText(const AttentionRegion& region)
{
    switch (region.of) {
    case AttentionRegion::Of::Predicted: return "the predicted class";
    case AttentionRegion::Of::True: return "the true class";
    case AttentionRegion::Of::Given: break;
    }
    return "class " + std::to_string(region.classIndex);
}

struct RegionText {
    std::ostringstream& text;

    void operator()(const MaskFileRegion& region) const
    {
        if (region.label)
            text << "label " << *region.label << " of the ";
        text << "masks " << (region.folder.empty() ? "beside the pictures" : "of " + region.folder.string());
    }
    void operator()(const AttentionRegion& region) const
    {
        text << "the cells with " << 100 * region.share << " % of the attention of " << classText(region) << ", "
             << (region.layer ? "layer " + std::to_string(region.layer) : "last layer") << ", "
             << (region.head ? "head " + std::to_string(region.head) : "mean of the heads");
    }
    void operator()(const NamedMaskRegion& region) const { text << "the mask \"" << region.name << '"'; }
    void operator()(const PartRegion& region) const
    {
        text << (region.parts.size() == 1 ? "part " : "parts ") << joined(region.parts) << " of "
             << region.csv.filename().string() << ", radius " << region.radius
             << (region.unit == PartRegion::Unit::Pixels ? " pixels" : " of the longer side");
    }
};

} // namespace

void requireValid(const EditRecipe& recipe)
{
    std::visit(RegionCheck{}, recipe.region);
    requireRange("a margin", recipe.grow, -maxMargin, maxMargin);
    requireRange("a soft edge", recipe.feather, 0, maxMargin);
    if (changesGeometry(recipe.operation))
        refuse(std::string("expected an operation on a mask, got ") + operationNames[recipe.operation.index()]);
    requireValid(recipe.operation);
}

Operation operationOf(std::string_view kind, std::span<const std::string> parameters)
{
    const auto known = std::find(operationNames.begin(), operationNames.end(), kind);
    if (known == operationNames.end()) {
        const std::vector<std::string> names(operationNames.begin(), operationNames.end());
        throw Error(ErrorCode::BadArgument, "operation",
                    "expected " + joined(names) + " or so, got \"" + std::string(kind) + "\"");
    }
    json form = jsonOf(operationOfKind(static_cast<std::size_t>(known - operationNames.begin())));
    for (const std::string& parameter : parameters) {
        const std::size_t equals = parameter.find('=');
        const std::string name = parameter.substr(0, equals);
        if (equals == std::string::npos || name == "kind" || !form.contains(name))
            throw Error(ErrorCode::BadArgument, "operation",
                        "expected NAME=VALUE with a parameter of " + std::string(kind) + ", got \"" + parameter + "\"");
        const std::string value = parameter.substr(equals + 1);
        json parsed = json::parse(value, nullptr, false);
        form[name] = parsed.is_discarded() ? json(value) : std::move(parsed);
    }
    try {
        return EditReader("operation").operation(form);
    } catch (const Error& error) {
        throw Error(ErrorCode::BadArgument, error.subject(), error.detail());
    }
}

std::string describe(const EditRecipe& recipe)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    const json operation = jsonOf(recipe.operation);
    text << operation["kind"].get<std::string>();
    for (const auto& [name, value] : operation.items())
        if (name != "kind" && !value.is_object() && !value.is_null())
            text << ' ' << name << ' ' << (value.is_string() ? value.get<std::string>() : value.dump());
    text << "; ";
    std::visit(RegionText{text}, recipe.region);
    if (recipe.grow != 0)
        text << "; " << (recipe.grow > 0 ? "grown by " : "shrunk by ") << std::abs(recipe.grow) << " pixels";
    if (recipe.feather != 0)
        text << "; edge softened by " << recipe.feather << " pixels";
    return text.str();
}

} // namespace ocellus
