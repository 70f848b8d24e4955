// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session_writer.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/edit/base64.h"
#include "core/edit/edit_json.h"
#include "core/io/atomic_file.h"
#include "core/io/text.h"
#include "core/session/evidence_json.h"
#include "core/session/record_text.h"
#include "core/session/session_reader.h"

namespace ocellus {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// Whether both lie below the same folder of the root: only then they are likely to move together.
bool shareTopFolder(const fs::path& one, const fs::path& other)
{
    const auto top = [](const fs::path& path) {
        const fs::path names = path.relative_path();
        return names.empty() ? fs::path() : *names.begin();
    };
    return one.is_absolute() && other.is_absolute() && !top(one).empty() && top(one) == top(other);
}

json jsonOf(const std::optional<FileReference>& file, const fs::path& folder)
{
    return file ? jsonOf(*file, folder) : json();
}

json jsonOf(const SessionPicture& picture, const fs::path& folder)
{
    json value{{"file", jsonOf(picture.file, folder)}, {"edits", jsonOf(picture.edits)}};
    if (picture.byHand.empty())
        return value;
    const ContentKey untouched = contentKey(EditList());
    const ContentKey now = contentKey(picture.edits.edits);
    json byHand = json::array();
    for (const StoredIntervention& stored : picture.byHand)
        if (stored.edits == untouched || stored.edits == now)
            byHand.push_back({{"edited", stored.edits != untouched}, {"intervention", jsonOf(stored)}});
    if (!byHand.empty())
        value["byHand"] = std::move(byHand);
    return value;
}

json jsonOf(const StoredResult& result, bool edited)
{
    return {{"picture", result.picture},
            {"edited", edited},
            {"set", jsonOf(result.set)},
            {"logits", result.logits},
            {"class", result.classIndex},
            {"layer", result.layer},
            {"peakAttention", result.peakAttention},
            {"peakScore", result.peakScore}};
}

bool isFinite(const StoredResult& result)
{
    for (const auto* numbers : {&result.logits, &result.peakAttention, &result.peakScore})
        for (const float number : *numbers)
            if (!std::isfinite(number))
                return false;
    return true;
}

std::vector<ContentKey> editsOf(const Session& session)
{
    std::vector<ContentKey> keys;
    for (const SessionPicture& picture : session.pictures)
        keys.push_back(contentKey(picture.edits.edits));
    return keys;
}

json evidenceOf(const Session& session)
{
    const ContentKey untouched = contentKey(EditList());
    const std::vector<ContentKey> keys = editsOf(session);
    json list = json::array();
    for (const StoredEvidence& evidence : session.evidence) {
        const auto picture = static_cast<std::size_t>(evidence.picture);
        const bool edited = evidence.edits != untouched;
        if (picture < keys.size() && isFinite(evidence) && (!edited || evidence.edits == keys[picture]))
            list.push_back({{"picture", evidence.picture}, {"edited", edited}, {"evidence", jsonOf(evidence)}});
    }
    return list;
}

json resultsOf(const Session& session)
{
    const ContentKey untouched = contentKey(EditList());
    const std::vector<ContentKey> keys = editsOf(session);
    json list = json::array();
    for (const StoredResult& result : session.results) {
        const auto picture = static_cast<std::size_t>(result.picture);
        const bool edited = result.edits != untouched;
        if (picture < keys.size() && isFinite(result) && (!edited || result.edits == keys[picture]))
            list.push_back(jsonOf(result, edited));
    }
    return list;
}

} // namespace

json jsonOf(const QuerySet& set)
{
    return {{"mode", toString(set.mode)}, {"active", set.active}};
}

json jsonOfPath(const fs::path& path)
{
    const std::string text = path.generic_string();
    if (isUtf8(text))
        return text;
    return {{"base64", base64Text(std::vector<std::uint8_t>(text.begin(), text.end()))}};
}

json jsonOf(const FileReference& file, const fs::path& folder)
{
    const bool relative = shareTopFolder(file.path, folder);
    json value{{"path", jsonOfPath(relative ? file.path.lexically_relative(folder) : file.path)},
               {"sha256", file.sha256},
               {"bytes", file.bytes}};
    if (!file.given.empty())
        value["given"] = toString(file.given);
    return value;
}

json jsonOf(const HeadNote& note)
{
    return {{"model", note.modelSha256}, {"class", note.classIndex}, {"head", note.head}, {"text", note.text}};
}

json jsonOf(const StoredIntervention& stored)
{
    const AttentionIntervention& taken = stored.intervention;
    json cells = json::array();
    for (const auto& [head, ofHead] : taken.cells)
        cells.push_back({{"head", head}, {"cells", ofHead}});
    return {{"set", jsonOf(stored.set)}, {"class", taken.classIndex}, {"heads", taken.heads},
            {"cells", std::move(cells)}, {"rows", taken.rows},        {"columns", taken.columns}};
}

json jsonOf(const SessionInput& input)
{
    json value{{"size", toString(input.preprocess)}, {"own", input.ownPreprocess}, {"ignoreExif", input.ignoreExif}};
    if (input.range != SampleRange())
        value["range"] = toString(input.range);
    if (input.convertToSrgb)
        value["toSrgb"] = true;
    return value;
}

json jsonOf(const SessionFindings& findings)
{
    const auto parsed = [](const char* what, const std::string& text) {
        json value = text.empty() ? json() : json::parse(text, nullptr, false);
        if (!text.empty() && !value.is_object())
            throw Error(ErrorCode::BadArgument, "session",
                        std::string("expected a JSON object as ") + what + ", got another text");
        return value;
    };
    return {{"experiment", parsed("experiment", findings.experiment)},
            {"controls", parsed("controls", findings.controls)}};
}

json jsonOf(const SessionView& view)
{
    const json display = json::parse(view.display, nullptr, false);
    if (!display.is_object())
        throw Error(ErrorCode::BadArgument, "session", "expected a JSON object as display, got another text");
    return {{"picture", view.picture},     {"class", view.classIndex}, {"head", view.head},  {"layer", view.layer},
            {"limit", jsonOf(view.limit)}, {"filter", view.filter},    {"display", display}, {"layout", view.layout}};
}

json jsonOf(const Session& session, const fs::path& folder)
{
    json pictures = json::array();
    for (const SessionPicture& picture : session.pictures)
        pictures.push_back(jsonOf(picture, folder));
    json notes = json::array();
    for (const HeadNote& note : session.notes)
        notes.push_back(jsonOf(note));
    json value{{"format", sessionFormat},
               {"schema", sessionSchema},
               {"program", session.program},
               {"model", jsonOf(session.model, folder)},
               {"classes", jsonOf(session.classes, folder)},
               {"pictures", std::move(pictures)},
               {"notes", std::move(notes)},
               {"input", jsonOf(session.input)},
               {"view", jsonOf(session.view)},
               {"results", resultsOf(session)}};
    if (json evidence = evidenceOf(session); !evidence.empty())
        value["evidence"] = std::move(evidence);
    if (!session.findings.empty())
        value["findings"] = jsonOf(session.findings);
    return value;
}

void writeSession(const fs::path& file, const Session& session)
{
    const fs::path folder = fs::absolute(file).lexically_normal().parent_path();
    const std::string text = jsonOf(session, folder).dump(1, ' ', false, json::error_handler_t::replace) + "\n";
    if (text.size() > maxSessionBytes)
        throw Error(ErrorCode::TooLarge, file.string(),
                    "expected a session of at most " + std::to_string(maxSessionBytes) + " bytes, got " +
                        std::to_string(text.size()));
    // What would be refused when it is opened again must not take the place of a file that is not.
    SessionReader reader(file.string(), folder);
    reader.session(parsedRecord(reader, text));
    writeFileAtomically(file, text);
}

} // namespace ocellus
