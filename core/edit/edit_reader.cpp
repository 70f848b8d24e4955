// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/edit_reader.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/edit/base64.h"
#include "core/edit/mask_runs.h"
#include "core/edit/operation_fields.h"
#include "core/io/text.h"

namespace ocellus {

using nlohmann::json;

namespace {

constexpr std::uint64_t maxPicturePixels = 1'000'000'000;
constexpr std::size_t maxChanges = 10'000; // of one step

/// Of sides, box and text, before anything of it is believed.
template <std::size_t count>
ContentKey keyOf(const std::array<int, count>& numbers, const std::string& text)
{
    const ContentKey key = contentKey(std::as_bytes(std::span(numbers)));
    return contentKey(std::string_view(text), key.low ^ key.high);
}

std::string quoted(const char* text)
{
    return std::string("\"") + text + "\"";
}

} // namespace

/// Reads the parameters of an operation.
struct FieldReader {
    EditReader& reader;
    const json& object;
    std::size_t count = 1; ///< keys understood, with the kind

    const json& at(const char* name)
    {
        ++count;
        const auto found = object.find(name);
        if (found == object.end())
            reader.fail("expected " + quoted(name) + " in an operation, got none");
        return *found;
    }

    void operator()(const char* name, double& value, const FieldRange&) { value = reader.number(at(name), name); }
    void operator()(const char* name, int& value, const FieldRange& range)
    {
        value = reader.integer(at(name), name, static_cast<int>(range.least), static_cast<int>(range.most));
    }
    void operator()(const char* name, std::uint64_t& value, const FieldRange&)
    {
        const json& number = at(name);
        if (!number.is_number_unsigned())
            reader.fail("expected a whole number of at least 0 as " + quoted(name));
        value = number.get<std::uint64_t>();
    }
    void operator()(const char* name, bool& value, const FieldRange&) { value = reader.boolean(at(name), name); }
    void operator()(const char* name, Rgb& value, const FieldRange&)
    {
        const json& list = at(name);
        reader.requireArray(list, name, 3);
        if (list.size() != 3)
            reader.fail("expected three numbers as " + quoted(name));
        const auto channel = [&](std::size_t i) {
            return static_cast<std::uint8_t>(reader.integer(list[i], name, 0, 255));
        };
        value = {channel(0), channel(1), channel(2)};
    }
    void operator()(const char* name, std::shared_ptr<const Picture>& value, const FieldRange&)
    {
        const json& picture = at(name);
        if (!picture.is_null())
            value = reader.picture(picture);
    }
    template <class Enum, std::size_t size>
    void operator()(const char* name, Enum& value, const std::array<const char*, size>& names)
    {
        const std::string text = reader.text(at(name), name, maxNameBytes);
        const auto found = std::find(names.begin(), names.end(), text);
        if (found == names.end())
            reader.fail("expected a known " + quoted(name) + ", got \"" + excerpt(text) + "\"");
        value = static_cast<Enum>(found - names.begin());
    }
};

EditReader::EditReader(std::string source, std::size_t maxBytes) : StrictJson(std::move(source)), m_bytesLeft(maxBytes)
{
}

void EditReader::claim(std::size_t bytes)
{
    if (bytes > m_bytesLeft)
        failTooLarge("expected masks and patches of at most " + std::to_string(m_bytesLeft) + " bytes more, got " +
                     std::to_string(bytes));
    m_bytesLeft -= bytes;
}

std::vector<std::uint8_t> EditReader::bytesOf(const std::string& text) const
{
    return bytesOfBase64(text, source());
}

Mask EditReader::mask(const json& value)
{
    if (value.is_null())
        return {};
    requireKeys(value, "a mask", {"picture", "box", "runs"});
    requireArray(value["picture"], "picture", 2);
    requireArray(value["box"], "box", 4);
    if (value["picture"].size() != 2 || value["box"].size() != 4)
        fail("expected two numbers for a mask's picture and four for its box");
    const auto side = [&](std::size_t i, int least) {
        return integer(value["picture"][i], "picture", least, maxPixelCoordinate);
    };
    const Size picture{side(0, 1), side(1, 1)};
    if (wholeBox(picture).area() > maxPicturePixels)
        failTooLarge("expected a mask of a picture of at most a gigapixel");
    const auto edge = [&](std::size_t i, int most) { return integer(value["box"][i], "box", 0, most); };
    PixelBox box{edge(0, picture.width), edge(1, picture.height), 0, 0};
    box.width = edge(2, picture.width - box.left);
    box.height = edge(3, picture.height - box.top);
    const std::string& runs = text(value["runs"], "runs");
    const ContentKey key =
        keyOf(std::array{picture.width, picture.height, box.left, box.top, box.width, box.height}, runs);
    const auto known = m_masks.find(key);
    if (known != m_masks.end())
        return known->second;
    claim(box.area());
    const Mask mask(picture, box, valuesOfRuns(bytesOf(runs), box.area(), source()));
    m_masks.emplace(key, mask);
    return mask;
}

std::shared_ptr<const Picture> EditReader::picture(const json& value)
{
    requireKeys(value, "a patch", {"width", "height", "rgb"});
    const Size size{integer(value["width"], "width", 1, maxPixelCoordinate),
                    integer(value["height"], "height", 1, maxPixelCoordinate)};
    const std::size_t pixels = wholeBox(size).area();
    if (pixels > maxPicturePixels)
        failTooLarge("expected a patch of at most a gigapixel");
    const std::string& rgb = text(value["rgb"], "rgb");
    const ContentKey key = keyOf(std::array{size.width, size.height}, rgb);
    const auto known = m_pictures.find(key);
    if (known != m_pictures.end())
        return known->second;
    claim(pixels * 3);
    Picture result{size, bytesOf(rgb)};
    if (result.rgb.size() != pixels * 3)
        fail("expected " + std::to_string(pixels * 3) + " bytes of a patch, got " + std::to_string(result.rgb.size()));
    const auto shared = std::make_shared<const Picture>(std::move(result));
    m_pictures.emplace(key, shared);
    return shared;
}

Operation EditReader::operation(const json& value)
{
    if (!value.is_object() || !value.contains("kind"))
        fail("expected an operation with a kind, got none");
    const std::string kind = text(value["kind"], "kind", maxNameBytes);
    const auto found = std::find(operationNames.begin(), operationNames.end(), kind);
    if (found == operationNames.end())
        fail("expected a known kind of operation, got \"" + excerpt(kind) + "\"");
    Operation operation = operationOfKind(static_cast<std::size_t>(found - operationNames.begin()));
    FieldReader reader{*this, value};
    std::visit([&](auto& recipe) { visitFields(recipe, reader); }, operation);
    if (reader.count != value.size())
        fail("expected " + std::to_string(reader.count) + " keys in an operation of kind \"" + kind + "\", got " +
             std::to_string(value.size()));
    try {
        requireValid(operation);
    } catch (const Error& error) {
        fail(error.what());
    }
    return operation;
}

Edit EditReader::edit(const json& value)
{
    requireKeys(value, "an edit", {"name", "enabled", "mask", "operation"});
    return {text(value["name"], "name", maxNameBytes), mask(value["mask"]), operation(value["operation"]),
            boolean(value["enabled"], "enabled")};
}

EditList EditReader::list(const json& value)
{
    requireArray(value, "edits", maxEdits);
    EditList edits;
    for (const json& item : value)
        edits.push_back(edit(item));
    return edits;
}

NamedMask EditReader::namedMask(const json& value)
{
    requireKeys(value, "a named mask", {"name", "mask"});
    return {text(value["name"], "name", maxNameBytes), mask(value["mask"])};
}

PictureEdits EditReader::pictureEdits(const json& value)
{
    requireKeys(value, "the edits of a picture", {"edits", "selection", "masks"});
    PictureEdits state{list(value["edits"]), mask(value["selection"]), {}};
    requireArray(value["masks"], "masks", maxMasks);
    for (const json& item : value["masks"])
        state.masks.push_back(namedMask(item));
    return state;
}

EditChange EditReader::change(const json& value)
{
    if (!value.is_object() || !value.contains("kind"))
        fail("expected a change with a kind, got none");
    const std::string kind = text(value["kind"], "kind", maxNameBytes);
    const auto place = [&](const char* key) {
        return static_cast<std::size_t>(integer(value[key], key, 0, static_cast<int>(maxEdits)));
    };
    if (kind == "erase") {
        requireKeys(value, "a change", {"kind", "index"});
        return EraseEdit{place("index")};
    }
    if (kind == "move") {
        requireKeys(value, "a change", {"kind", "from", "to"});
        return MoveEdit{place("from"), place("to")};
    }
    if (kind == "select") {
        requireKeys(value, "a change", {"kind", "mask"});
        return SetSelection{mask(value["mask"])};
    }
    if (kind == "erase-mask") {
        requireKeys(value, "a change", {"kind", "index"});
        return EraseMask{place("index")};
    }
    if (kind == "insert-mask" || kind == "replace-mask") {
        requireKeys(value, "a change", {"kind", "index", "mask"});
        const std::size_t index = place("index");
        NamedMask named = namedMask(value["mask"]);
        return kind == "insert-mask" ? EditChange(InsertMask{index, std::move(named)})
                                     : EditChange(ReplaceMask{index, std::move(named)});
    }
    requireKeys(value, "a change", {"kind", "index", "edit"});
    if (kind == "insert")
        return InsertEdit{place("index"), edit(value["edit"])};
    if (kind == "replace")
        return ReplaceEdit{place("index"), edit(value["edit"])};
    fail("expected a known kind of change, got \"" + excerpt(kind) + "\"");
}

std::vector<EditChange> EditReader::changes(const json& value)
{
    requireArray(value, "changes", maxChanges);
    std::vector<EditChange> result;
    for (const json& item : value)
        result.push_back(change(item));
    return result;
}

EditStep EditReader::step(const json& value)
{
    requireKeys(value, "a step", {"name", "changes"});
    return {text(value["name"], "name", maxNameBytes), changes(value["changes"])};
}

DoneChanges EditReader::done(const json& value)
{
    requireKeys(value, "a step that was done", {"changes", "inverses"});
    return {changes(value["changes"]), changes(value["inverses"])};
}

} // namespace ocellus
