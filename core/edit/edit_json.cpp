// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/edit_json.h"

#include <nlohmann/json.hpp>

#include "core/edit/base64.h"
#include "core/edit/mask_runs.h"
#include "core/edit/operation_fields.h"

namespace ocellus {

using nlohmann::json;

namespace {

/// Writes the parameters of an operation.
struct FieldWriter {
    json& object;

    void operator()(const char* name, const Rgb& colour, const FieldRange&) const
    {
        object[name] = {colour.red, colour.green, colour.blue};
    }
    void operator()(const char* name, const std::shared_ptr<const Picture>& picture, const FieldRange&) const
    {
        object[name] = picture ? json{{"width", picture->size.width},
                                      {"height", picture->size.height},
                                      {"rgb", base64Text(picture->rgb)}}
                               : json();
    }
    template <class Number>
    void operator()(const char* name, const Number& value, const FieldRange&) const
    {
        object[name] = value;
    }
    template <class Enum, std::size_t count>
    void operator()(const char* name, const Enum& value, const std::array<const char*, count>& names) const
    {
        object[name] = names[static_cast<std::size_t>(value)];
    }
};

struct ChangeWriter {
    json operator()(const InsertEdit& change) const
    {
        return {{"kind", "insert"}, {"index", change.index}, {"edit", jsonOf(change.edit)}};
    }
    json operator()(const EraseEdit& change) const { return {{"kind", "erase"}, {"index", change.index}}; }
    json operator()(const ReplaceEdit& change) const
    {
        return {{"kind", "replace"}, {"index", change.index}, {"edit", jsonOf(change.edit)}};
    }
    json operator()(const MoveEdit& change) const
    {
        return {{"kind", "move"}, {"from", change.from}, {"to", change.to}};
    }
    json operator()(const SetSelection& change) const { return {{"kind", "select"}, {"mask", jsonOf(change.mask)}}; }
    json operator()(const InsertMask& change) const
    {
        return {{"kind", "insert-mask"}, {"index", change.index}, {"mask", jsonOf(change.mask)}};
    }
    json operator()(const EraseMask& change) const { return {{"kind", "erase-mask"}, {"index", change.index}}; }
    json operator()(const ReplaceMask& change) const
    {
        return {{"kind", "replace-mask"}, {"index", change.index}, {"mask", jsonOf(change.mask)}};
    }
};

} // namespace

json jsonOf(const Mask& mask)
{
    if (mask.isNone())
        return nullptr;
    const Size size = mask.pictureSize();
    const PixelBox& box = mask.box();
    return {{"picture", {size.width, size.height}},
            {"box", {box.left, box.top, box.width, box.height}},
            {"runs", base64Text(runsOf(mask.alpha()))}};
}

json jsonOf(const Operation& operation)
{
    json object{{"kind", operationNames[operation.index()]}};
    std::visit([&](const auto& recipe) { visitFields(recipe, FieldWriter{object}); }, operation);
    return object;
}

json jsonOf(const Edit& edit)
{
    return {{"name", edit.name},
            {"enabled", edit.enabled},
            {"mask", jsonOf(edit.mask)},
            {"operation", jsonOf(edit.operation)}};
}

json jsonOf(const EditList& edits)
{
    json list = json::array();
    for (const Edit& edit : edits)
        list.push_back(jsonOf(edit));
    return list;
}

json jsonOf(const NamedMask& mask)
{
    return {{"name", mask.name}, {"mask", jsonOf(mask.mask)}};
}

json jsonOf(const PictureEdits& state)
{
    json masks = json::array();
    for (const NamedMask& mask : state.masks)
        masks.push_back(jsonOf(mask));
    return {{"edits", jsonOf(state.edits)}, {"selection", jsonOf(state.selection)}, {"masks", std::move(masks)}};
}

json jsonOf(const std::vector<EditChange>& changes)
{
    json list = json::array();
    for (const EditChange& change : changes)
        list.push_back(std::visit(ChangeWriter{}, change));
    return list;
}

json jsonOf(const EditStep& step)
{
    return {{"name", step.name}, {"changes", jsonOf(step.changes)}};
}

json jsonOf(const DoneChanges& done)
{
    return {{"changes", jsonOf(done.changes)}, {"inverses", jsonOf(done.inverses)}};
}

} // namespace ocellus
