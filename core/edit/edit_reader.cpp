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

namespace ocellus {

using nlohmann::json;

namespace {

constexpr std::uint64_t maxPicturePixels = 1'000'000'000;
constexpr std::size_t maxChanges = 10'000; // of one step

/// Of sides, box and text, before anything of it is believed.
template <std::size_t count>
ContentKey keyOf(const std::array<int, count>& numbers, const json& text)
{
    const ContentKey key = contentKey(std::as_bytes(std::span(numbers)));
    return contentKey(std::string_view(text.get_ref<const std::string&>()), key.low ^ key.high);
}

std::string quoted(const char* text)
{
    return std::string("\"") + text + "\"";
}

template <std::size_t... index>
Operation operationOfKind(std::size_t kind, std::index_sequence<index...>)
{
    Operation operation;
    ((kind == index ? void(operation.emplace<index>()) : void()), ...);
    return operation;
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

    void operator()(const char* name, double& value, const FieldRange&)
    {
        const json& number = at(name);
        if (!number.is_number())
            reader.fail("expected a number as " + quoted(name) + ", got a value of type " + number.type_name());
        value = number.get<double>();
    }
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
    void operator()(const char* name, bool& value, const FieldRange&)
    {
        const json& flag = at(name);
        if (!flag.is_boolean())
            reader.fail("expected true or false as " + quoted(name));
        value = flag.get<bool>();
    }
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
        const std::string text = reader.text(at(name), name);
        const auto found = std::find(names.begin(), names.end(), text);
        if (found == names.end())
            reader.fail("expected a known " + quoted(name) + ", got \"" + text + "\"");
        value = static_cast<Enum>(found - names.begin());
    }
};

EditReader::EditReader(std::string source, std::size_t maxBytes) : m_source(std::move(source)), m_bytesLeft(maxBytes) {}

void EditReader::fail(const std::string& detail) const
{
    throw Error(ErrorCode::Damaged, m_source, detail);
}

void EditReader::claim(std::size_t bytes)
{
    if (bytes > m_bytesLeft)
        throw Error(ErrorCode::TooLarge, m_source,
                    "expected masks and patches of at most " + std::to_string(m_bytesLeft) + " bytes more, got " +
                        std::to_string(bytes));
    m_bytesLeft -= bytes;
}

void EditReader::requireKeys(const json& value, const char* what, std::initializer_list<const char*> keys) const
{
    if (!value.is_object())
        fail(std::string("expected an object as ") + what + ", got a value of type " + value.type_name());
    for (const char* key : keys)
        if (!value.contains(key))
            fail("expected " + quoted(key) + " in " + what + ", got none");
    if (value.size() != keys.size())
        fail("expected " + std::to_string(keys.size()) + " keys in " + what + ", got " + std::to_string(value.size()));
}

void EditReader::requireArray(const json& value, const char* what, std::size_t most) const
{
    if (!value.is_array())
        fail(std::string("expected a list as ") + what + ", got a value of type " + value.type_name());
    if (value.size() > most)
        throw Error(ErrorCode::TooLarge, m_source,
                    std::string("expected a list of at most ") + std::to_string(most) + " as " + what + ", got " +
                        std::to_string(value.size()));
}

int EditReader::integer(const json& value, const char* what, int least, int most) const
{
    const bool isWhole = value.is_number_integer();
    // Beyond what 64 bits with a sign hold, the number is beyond any limit too.
    const bool isHuge = value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{1} << 62;
    if (!isWhole || isHuge || value.get<std::int64_t>() < least || value.get<std::int64_t>() > most)
        fail("expected a whole number from " + std::to_string(least) + " to " + std::to_string(most) + " as " +
             quoted(what));
    return value.get<int>();
}

std::string EditReader::text(const json& value, const char* what) const
{
    const auto& result = textual(value, what).get_ref<const std::string&>();
    if (result.size() > maxNameBytes)
        throw Error(ErrorCode::TooLarge, m_source,
                    "expected at most " + std::to_string(maxNameBytes) + " bytes as " + quoted(what));
    return result;
}

const json& EditReader::textual(const json& value, const char* what) const
{
    if (!value.is_string())
        fail("expected a text as " + quoted(what) + ", got a value of type " + value.type_name());
    return value;
}

std::vector<std::uint8_t> EditReader::bytesOf(const json& text) const
{
    return bytesOfBase64(text.get_ref<const std::string&>(), m_source);
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
        throw Error(ErrorCode::TooLarge, m_source, "expected a mask of a picture of at most a gigapixel");
    const auto edge = [&](std::size_t i, int most) { return integer(value["box"][i], "box", 0, most); };
    PixelBox box{edge(0, picture.width), edge(1, picture.height), 0, 0};
    box.width = edge(2, picture.width - box.left);
    box.height = edge(3, picture.height - box.top);
    const json& runs = textual(value["runs"], "runs");
    const ContentKey key =
        keyOf(std::array{picture.width, picture.height, box.left, box.top, box.width, box.height}, runs);
    const auto known = m_masks.find(key);
    if (known != m_masks.end())
        return known->second;
    claim(box.area());
    const Mask mask(picture, box, valuesOfRuns(bytesOf(runs), box.area(), m_source));
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
        throw Error(ErrorCode::TooLarge, m_source, "expected a patch of at most a gigapixel");
    const json& text = textual(value["rgb"], "rgb");
    const ContentKey key = keyOf(std::array{size.width, size.height}, text);
    const auto known = m_pictures.find(key);
    if (known != m_pictures.end())
        return known->second;
    claim(pixels * 3);
    Picture result{size, bytesOf(text)};
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
    const std::string kind = text(value["kind"], "kind");
    const auto found = std::find(operationNames.begin(), operationNames.end(), kind);
    if (found == operationNames.end())
        fail("expected a known kind of operation, got \"" + kind + "\"");
    Operation operation = operationOfKind(static_cast<std::size_t>(found - operationNames.begin()),
                                          std::make_index_sequence<std::variant_size_v<Operation>>());
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
    if (!value["enabled"].is_boolean())
        fail("expected true or false as \"enabled\"");
    return {text(value["name"], "name"), mask(value["mask"]), operation(value["operation"]),
            value["enabled"].get<bool>()};
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
    return {text(value["name"], "name"), mask(value["mask"])};
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
    const std::string kind = text(value["kind"], "kind");
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
    fail("expected a known kind of change, got \"" + kind + "\"");
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
    return {text(value["name"], "name"), changes(value["changes"])};
}

DoneChanges EditReader::done(const json& value)
{
    requireKeys(value, "a step that was done", {"changes", "inverses"});
    return {changes(value["changes"]), changes(value["inverses"])};
}

} // namespace ocellus
