// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/control_record.h"

#include <string>

#include <QBuffer>

#include <nlohmann/json.hpp>

#include "core/session/session_writer.h"
#include "core/session/standing_json.h"

namespace ocellus {

using nlohmann::json;

namespace {

constexpr std::size_t mostText = 100'000;
constexpr std::size_t mostThumbnail = 4U << 20;
constexpr std::size_t mostControls = 1'000;
constexpr int mostClasses = 1'000'000;

QString textIn(const SessionReader& reader, const json& value, const char* key)
{
    return QString::fromStdString(reader.text(value[key], key, mostText));
}

std::string jpegText(const QImage& image)
{
    constexpr int quality = 90;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPG", quality);
    return buffer.data().toBase64().toStdString();
}

QImage imageIn(const SessionReader& reader, const json& value)
{
    const std::string& text = reader.text(value, "thumbnail", mostThumbnail);
    return QImage::fromData(QByteArray::fromBase64(QByteArray::fromStdString(text)), "JPG");
}

json jsonOf(const ContentKey& key)
{
    return {key.low, key.high};
}

ContentKey contentKeyIn(const SessionReader& reader, const json& value, const char* what)
{
    reader.requireArray(value, what, 2);
    if (value.size() != 2 || !value[0].is_number_unsigned() || !value[1].is_number_unsigned())
        reader.fail(std::string("expected two whole numbers as \"") + what + "\"");
    return {value[0].get<std::uint64_t>(), value[1].get<std::uint64_t>()};
}

json jsonOf(const ViewKey& key)
{
    const SessionInput input{key.preprocess, false, key.decode.ignoreExif, key.decode.range, key.decode.convertToSrgb};
    return {{"model", key.model},         {"given", toString(key.given)},   {"picture", jsonOf(key.picture)},
            {"edits", jsonOf(key.edits)}, {"input", jsonOf(input)},         {"showDamaged", key.decode.showDamaged},
            {"limit", jsonOf(key.limit)}, {"device", key.precision.device}, {"tf32", key.precision.tf32},
            {"half", key.precision.half}};
}

ViewKey keyIn(const SessionReader& reader, const json& value)
{
    reader.requireKeys(
        value, "a key",
        {"model", "given", "picture", "edits", "input", "showDamaged", "limit", "device", "tf32", "half"});
    ViewKey key;
    key.model = reader.text(value["model"], "model", mostText);
    if (const std::string& given = reader.text(value["given"], "given", mostText); !given.empty())
        key.given = parseModelSettings(given, reader.source());
    key.picture = contentKeyIn(reader, value["picture"], "picture");
    key.edits = contentKeyIn(reader, value["edits"], "edits");
    const SessionInput input = reader.input(value["input"]);
    key.preprocess = input.preprocess;
    key.decode.ignoreExif = input.ignoreExif;
    key.decode.range = input.range;
    key.decode.convertToSrgb = input.convertToSrgb;
    key.decode.showDamaged = reader.boolean(value["showDamaged"], "showDamaged");
    key.limit = reader.querySet(value["limit"]);
    key.precision = {reader.text(value["device"], "device", mostText), reader.boolean(value["tf32"], "tf32"),
                     reader.boolean(value["half"], "half")};
    return key;
}

} // namespace

json jsonOf(const ControlRecord& record)
{
    const ControlResult& result = record.result;
    json controls = json::array();
    for (const ControlOutcome& control : result.controls)
        controls.push_back({{"change", jsonOf(control.change)}, {"thumbnail", jpegText(control.thumbnail)}});
    return {{"path", jsonOfPath(record.picture)},
            {"key", jsonOf(record.key)},
            {"className", result.className.toStdString()},
            {"class", result.classIndex},
            {"picture", result.picture.toStdString()},
            {"edit", result.edit.toStdString()},
            {"others", result.others.toStdString()},
            {"limit", result.limit.toStdString()},
            {"place", result.place.toStdString()},
            {"caption", result.caption.toStdString()},
            {"asked", result.asked},
            {"shortfall", result.shortfall.toStdString()},
            {"before", jsonOf(result.before)},
            {"change", jsonOf(result.change)},
            {"controls", std::move(controls)}};
}

ControlRecord controlRecordIn(const SessionReader& reader, const json& value)
{
    reader.requireKeys(value, "controls",
                       {"path", "key", "className", "class", "picture", "edit", "others", "limit", "place", "caption",
                        "asked", "shortfall", "before", "change", "controls"});
    ControlRecord record;
    record.picture = reader.path(value["path"]);
    record.key = keyIn(reader, value["key"]);
    ControlResult& result = record.result;
    result.className = textIn(reader, value, "className");
    result.classIndex = reader.integer(value["class"], "class", 0, mostClasses);
    result.picture = textIn(reader, value, "picture");
    result.edit = textIn(reader, value, "edit");
    result.others = textIn(reader, value, "others");
    result.limit = textIn(reader, value, "limit");
    result.place = textIn(reader, value, "place");
    result.caption = textIn(reader, value, "caption");
    result.asked = reader.integer(value["asked"], "asked", 0, static_cast<int>(mostControls));
    result.shortfall = textIn(reader, value, "shortfall");
    result.before = standingIn(reader, value["before"], "before");
    result.change = standingIn(reader, value["change"], "change");
    reader.requireArray(value["controls"], "controls", mostControls);
    for (const json& item : value["controls"]) {
        reader.requireKeys(item, "a control", {"change", "thumbnail"});
        result.controls.push_back({standingIn(reader, item["change"], "change"), imageIn(reader, item["thumbnail"])});
    }
    return record;
}

json jsonOf(const ControlChoices& choices)
{
    return {{"count", choices.count},
            {"place", choices.place.toStdString()},
            {"measure", static_cast<int>(choices.measure)}};
}

ControlChoices controlChoicesIn(const SessionReader& reader, const json& value)
{
    reader.requireKeys(value, "choices of controls", {"count", "place", "measure"});
    constexpr int lastMeasure = static_cast<int>(ControlMeasure::Margin);
    return {reader.integer(value["count"], "count", 1, static_cast<int>(mostControls)), textIn(reader, value, "place"),
            static_cast<ControlMeasure>(reader.integer(value["measure"], "measure", 0, lastMeasure))};
}

} // namespace ocellus
