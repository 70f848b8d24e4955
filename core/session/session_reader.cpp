// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/edit/base64.h"
#include "core/io/input_file.h"
#include "core/io/text.h"
#include "core/session/evidence_json.h"
#include "core/session/record_text.h"

namespace ocellus {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr int maxClasses = 1'000'000;
constexpr int maxHeads = 10'000;
constexpr int maxLayers = 10'000;
constexpr int maxSide = 10'000; // rows or columns of a grid
constexpr std::size_t hashDigits = 64;

bool isOfSame(const StoredIntervention& one, const StoredIntervention& other)
{
    return one.edits == other.edits && one.set == other.set &&
           one.intervention.classIndex == other.intervention.classIndex;
}

} // namespace

SessionReader::SessionReader(std::string source, fs::path folder, Hashes hashes)
    : EditReader(std::move(source), maxMaskBytes),
      m_folder(std::move(folder)),
      m_hashes(hashes)
{
}

Session SessionReader::session(const json& value)
{
    if (!value.is_object() || value.value("format", json()) != sessionFormat || !value.contains("schema"))
        fail("expected a session of Ocellus, got something else");
    const int schema = integer(value["schema"], "schema", 1, std::numeric_limits<int>::max());
    if (schema > sessionSchema)
        throw Error(ErrorCode::Unsupported, source(),
                    "made by a newer Ocellus (schema " + std::to_string(schema) + "): this one reads up to " +
                        std::to_string(sessionSchema),
                    "Open it with a newer version of the program");
    requireKeys(value, "a session",
                {"format", "schema", "program", "model", "classes", "pictures", "notes", "input", "view", "results"},
                {"evidence", "findings"});
    Session session;
    session.program = text(value["program"], "program", maxNameBytes);
    if (!value["model"].is_null())
        session.model = file(value["model"]);
    if (!value["classes"].is_null())
        session.classes = file(value["classes"], Hashes::Optional);
    session.pictures = pictures(value["pictures"]);
    session.notes = notes(value["notes"]);
    session.input = input(value["input"]);
    session.view = view(value["view"]);
    if (session.view.picture >= static_cast<int>(session.pictures.size()))
        fail("expected a picture of the session in view, got number " + std::to_string(session.view.picture));
    requireArray(value["results"], "results", maxResults);
    for (const json& item : value["results"]) {
        setPlace("result " + std::to_string(session.results.size() + 1));
        session.results.push_back(result(item, session.pictures));
    }
    setPlace({});
    if (value.contains("evidence"))
        session.evidence = evidence(value["evidence"], session.pictures);
    if (value.contains("findings"))
        session.findings = findings(value["findings"]);
    return session;
}

SessionFindings SessionReader::findings(const json& value) const
{
    requireKeys(value, "findings", {"experiment", "controls"});
    const auto textOf = [&](const char* key) -> std::string {
        if (value[key].is_null())
            return {};
        if (!value[key].is_object())
            fail(std::string("expected an object or null as \"") + key + "\"");
        std::string text = recordText(value[key]);
        if (text.size() > maxFindingBytes)
            failTooLarge("expected at most " + std::to_string(maxFindingBytes) + " bytes as \"" + key + "\"");
        return text;
    };
    return {textOf("experiment"), textOf("controls")};
}

std::vector<StoredEvidence> SessionReader::evidence(const json& value, const std::vector<SessionPicture>& pictures)
{
    requireArray(value, "evidence", maxEvidence);
    std::vector<StoredEvidence> all;
    for (const json& item : value) {
        setPlace("evidence " + std::to_string(all.size() + 1));
        requireKeys(item, "evidence", {"picture", "edited", "evidence"});
        const int picture = integer(item["picture"], "picture", 0, static_cast<int>(pictures.size()) - 1);
        all.push_back(evidenceIn(*this, item["evidence"]));
        all.back().picture = picture;
        const bool edited = boolean(item["edited"], "edited");
        all.back().edits = contentKey(edited ? pictures[static_cast<std::size_t>(picture)].edits.edits : EditList());
    }
    setPlace({});
    return all;
}

std::vector<SessionPicture> SessionReader::pictures(const json& value)
{
    requireArray(value, "pictures", maxPictures);
    std::vector<SessionPicture> result;
    std::set<fs::path> paths;
    for (const json& item : value) {
        setPlace("picture " + std::to_string(result.size() + 1));
        requireKeys(item, "a picture", {"file", "edits"}, {"byHand"});
        result.push_back({file(item["file"], Hashes::Optional), pictureEdits(item["edits"])});
        if (item.contains("byHand"))
            result.back().byHand = byHand(item["byHand"], result.back().edits.edits);
        if (!paths.insert(result.back().file.path).second)
            fail("expected each picture once, got " + excerpt(result.back().file.path.string()) + " again");
    }
    setPlace({});
    return result;
}

std::vector<StoredIntervention> SessionReader::byHand(const json& value, const EditList& edits) const
{
    requireArray(value, "byHand", maxByHand);
    std::vector<StoredIntervention> result;
    for (const json& item : value) {
        requireKeys(item, "what was taken away by hand", {"edited", "intervention"});
        StoredIntervention stored = intervention(item["intervention"]);
        stored.edits = contentKey(boolean(item["edited"], "edited") ? edits : EditList());
        if (std::ranges::any_of(result, [&stored](const StoredIntervention& known) { return isOfSame(known, stored); }))
            fail("expected each class once in \"byHand\" under the same edits and set, got class " +
                 std::to_string(stored.intervention.classIndex) + " again");
        result.push_back(std::move(stored));
    }
    return result;
}

StoredIntervention SessionReader::intervention(const json& value) const
{
    requireKeys(value, "what was taken away by hand", {"set", "class", "heads", "cells", "rows", "columns"});
    StoredIntervention stored;
    stored.set = appliedSet(value["set"]);
    AttentionIntervention& taken = stored.intervention;
    taken.classIndex = integer(value["class"], "class", 0, maxClasses);
    if (stored.set.mode == LimitMode::Drop &&
        std::ranges::find(stored.set.active, taken.classIndex) == stored.set.active.end())
        fail("expected one of the active classes as \"class\", got " + std::to_string(taken.classIndex));
    taken.heads = ascending(value["heads"], "heads", maxHeads);
    requireArray(value["cells"], "cells", static_cast<std::size_t>(maxHeads));
    const int least = value["cells"].empty() ? 0 : 1; // a grid is named where cells are counted on it
    taken.rows = integer(value["rows"], "rows", least, least * maxSide);
    taken.columns = integer(value["columns"], "columns", least, least * maxSide);
    for (const json& item : value["cells"]) {
        requireKeys(item, "cells of a head", {"head", "cells"});
        const int head = integer(item["head"], "head", 0, maxHeads);
        if (!taken.cells.empty() && head <= taken.cells.rbegin()->first)
            fail("expected heads in ascending order, each once, got " + std::to_string(head) + " after " +
                 std::to_string(taken.cells.rbegin()->first));
        taken.cells[head] = ascending(item["cells"], "cells", taken.rows * taken.columns - 1);
        if (taken.cells[head].empty())
            fail("expected cells of head " + std::to_string(head) + ", got none");
    }
    if (taken.empty())
        fail("expected heads or cells that were taken away, got none");
    return stored;
}

/// Whole numbers from 0 to `most`, each once.
std::vector<int> SessionReader::ascending(const json& value, const char* what, int most) const
{
    requireArray(value, what, static_cast<std::size_t>(most) + 1);
    std::vector<int> result;
    for (const json& item : value) {
        const int number = integer(item, what, 0, most);
        if (!result.empty() && number <= result.back())
            fail(std::string("expected \"") + what + "\" in ascending order, each once, got " + std::to_string(number) +
                 " after " + std::to_string(result.back()));
        result.push_back(number);
    }
    return result;
}

FileReference SessionReader::file(const json& value, Hashes hashes) const
{
    ModelSettings given;
    if (value.contains("given")) {
        given = settings(value["given"]);
        requireKeys(value, "a file", {"path", "sha256", "bytes", "given"});
    } else {
        requireKeys(value, "a file", {"path", "sha256", "bytes"});
    }
    if (!value["bytes"].is_number_unsigned())
        fail("expected a whole number of at least 0 as \"bytes\"");
    return {path(value["path"]), hash(value["sha256"], hashes), value["bytes"].get<std::uint64_t>(), given};
}

ModelSettings SessionReader::settings(const json& value) const
{
    constexpr std::size_t mostBytes = 2000;
    try {
        return parseModelSettings(text(value, "given", mostBytes), source());
    } catch (const Error& error) {
        fail(error.detail());
    }
}

fs::path SessionReader::path(const json& value) const
{
    std::string bytes;
    if (value.is_object()) {
        requireKeys(value, "a path", {"base64"});
        const std::vector<std::uint8_t> decoded =
            bytesOfBase64(text(value["base64"], "base64", maxPathBytes * 2), source());
        bytes.assign(decoded.begin(), decoded.end());
    } else {
        bytes = text(value, "path", maxPathBytes);
    }
    if (bytes.empty() || bytes.size() > maxPathBytes || bytes.find('\0') != std::string::npos)
        fail("expected a path of 1 to " + std::to_string(maxPathBytes) + " bytes, got " + std::to_string(bytes.size()) +
             ", or one with a zero in it");
    fs::path result = (m_folder / bytes).lexically_normal();
    if (!result.is_absolute())
        fail("expected an absolute path, got \"" + excerpt(bytes) + "\"");
    return result.has_filename() || !result.has_relative_path() ? result : result.parent_path();
}

std::string SessionReader::hash(const json& value, Hashes hashes) const
{
    const std::string& digits = text(value, "sha256", hashDigits);
    if (digits.empty() && hashes == Hashes::Optional)
        return digits;
    if (digits.size() != hashDigits || digits.find_first_not_of("0123456789abcdef") != std::string::npos)
        fail("expected a SHA-256 of " + std::to_string(hashDigits) + " digits, got \"" + excerpt(digits) + "\"");
    return digits;
}

std::vector<HeadNote> SessionReader::notes(const json& value) const
{
    requireArray(value, "notes", maxNotes);
    std::vector<HeadNote> result;
    for (const json& item : value) {
        requireKeys(item, "a note", {"model", "class", "head", "text"});
        result.push_back({hash(item["model"], m_hashes), integer(item["class"], "class", -1, maxClasses),
                          integer(item["head"], "head", 0, maxHeads), text(item["text"], "text", maxNoteBytes)});
    }
    return result;
}

SessionInput SessionReader::input(const json& value) const
{
    json required = value;
    SessionInput result;
    try {
        if (value.is_object() && value.contains("range")) {
            result.range = parseSampleRange(text(value["range"], "range", maxNameBytes), "range");
            required.erase("range");
        }
        if (value.is_object() && value.contains("toSrgb")) {
            result.convertToSrgb = boolean(value["toSrgb"], "toSrgb");
            required.erase("toSrgb");
        }
        requireKeys(required, "an input", {"size", "own", "ignoreExif"});
        result.preprocess = parsePreprocess(text(value["size"], "size", maxNameBytes));
    } catch (const Error& error) {
        fail(error.what());
    }
    result.ownPreprocess = boolean(value["own"], "own");
    result.ignoreExif = boolean(value["ignoreExif"], "ignoreExif");
    return result;
}

QuerySet SessionReader::querySet(const json& value) const
{
    requireKeys(value, "a query set", {"mode", "active"});
    QuerySet set;
    const std::string& mode = text(value["mode"], "mode", maxNameBytes);
    const auto modes = {LimitMode::All, LimitMode::Zero, LimitMode::Drop};
    const auto* found =
        std::find_if(modes.begin(), modes.end(), [&](LimitMode each) { return toString(each) == mode; });
    if (found == modes.end())
        fail("expected all, zero or drop as \"mode\", got \"" + excerpt(mode) + "\"");
    set.mode = *found;
    requireArray(value["active"], "active", static_cast<std::size_t>(maxClasses));
    std::set<int> seen;
    for (const json& item : value["active"]) {
        set.active.push_back(integer(item, "active", 0, maxClasses));
        if (!seen.insert(set.active.back()).second)
            fail("expected each active class once, got " + std::to_string(set.active.back()) + " again");
    }
    return set;
}

/// Of something that was computed: classes that limit nothing are remembered of views alone.
QuerySet SessionReader::appliedSet(const json& value) const
{
    QuerySet set = querySet(value);
    if ((set.mode == LimitMode::All) != set.active.empty())
        fail("expected active classes where the mode is zero or drop, and none otherwise");
    return set;
}

SessionView SessionReader::view(const json& value) const
{
    requireKeys(value, "a view", {"picture", "class", "head", "layer", "limit", "filter", "display", "layout"});
    SessionView view;
    view.picture = integer(value["picture"], "picture", -1, static_cast<int>(maxPictures));
    view.classIndex = integer(value["class"], "class", -1, maxClasses);
    view.head = integer(value["head"], "head", 0, maxHeads);
    view.layer = integer(value["layer"], "layer", 0, maxLayers);
    view.limit = querySet(value["limit"]);
    view.filter = boolean(value["filter"], "filter");
    if (!value["display"].is_object())
        fail("expected an object as \"display\"");
    view.display = recordText(value["display"]);
    if (view.display.size() > maxDisplayBytes)
        failTooLarge("expected at most " + std::to_string(maxDisplayBytes) + " bytes as \"display\"");
    view.layout = text(value["layout"], "layout", maxLayoutBytes);
    bytesOfBase64(view.layout, source());
    return view;
}

std::vector<float> SessionReader::floats(const json& value, const char* what, int most) const
{
    requireArray(value, what, static_cast<std::size_t>(most));
    std::vector<float> result;
    for (const json& item : value) {
        result.push_back(static_cast<float>(number(item, what)));
        if (!std::isfinite(result.back()))
            fail(std::string("expected numbers that single precision holds as \"") + what + "\"");
    }
    return result;
}

StoredResult SessionReader::result(const json& value, const std::vector<SessionPicture>& pictures) const
{
    requireKeys(value, "a result",
                {"picture", "edited", "set", "logits", "class", "layer", "peakAttention", "peakScore"});
    StoredResult result;
    result.picture = integer(value["picture"], "picture", 0, static_cast<int>(pictures.size()) - 1);
    const EditList& edits = pictures[static_cast<std::size_t>(result.picture)].edits.edits;
    result.edits = contentKey(boolean(value["edited"], "edited") ? edits : EditList());
    result.set = appliedSet(value["set"]);
    result.logits = floats(value["logits"], "logits", maxClasses);
    result.classIndex = integer(value["class"], "class", 0, maxClasses);
    result.layer = integer(value["layer"], "layer", 0, maxLayers);
    result.peakAttention = floats(value["peakAttention"], "peakAttention", maxHeads);
    result.peakScore = floats(value["peakScore"], "peakScore", maxHeads);
    if (result.peakScore.size() != result.peakAttention.size())
        fail("expected as many values in \"peakScore\" as in \"peakAttention\"");
    return result;
}

Session readSession(const fs::path& file)
{
    const InputFile input(file);
    const fs::path folder = fs::absolute(file).lexically_normal().parent_path();
    SessionReader reader(file.string(), folder);
    if (input.size() > maxSessionBytes)
        throw Error(ErrorCode::TooLarge, file.string(),
                    "expected a session of at most " + std::to_string(maxSessionBytes) + " bytes, got " +
                        std::to_string(input.size()));
    std::string text(input.size(), '\0');
    input.readAt(0, std::as_writable_bytes(std::span(text)));
    return reader.session(parsedRecord(reader, text));
}

} // namespace ocellus
