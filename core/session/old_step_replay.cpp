// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/old_step_replay.h"

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/session/step_records.h"

namespace ocellus {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::size_t maxSteps = 1'000'000;

} // namespace

OldStepReplay::OldStepReplay(fs::path folder) : m_folder(std::move(folder)) {}

bool OldStepReplay::isOne(const json& value)
{
    return value.contains("step") || value.contains("undo") || value.contains("redo") || value.contains("goTo");
}

EditHistory& OldStepReplay::historyAt(SessionReader& reader, const json& path, const JournalState& state)
{
    const fs::path picture = reader.path(path);
    if (!state.hasPicture(picture))
        reader.fail("expected a picture of the session, got another path");
    if (!m_store)
        m_store = std::make_shared<StepRecords>(m_folder);
    const auto found = m_histories.find(picture);
    // A picture that was taken away and came back begins anew.
    if (found != m_histories.end() && found->second.state() == state.editsOf(picture))
        return found->second;
    // Of the past, nothing but names stays in memory.
    return m_histories.insert_or_assign(picture, EditHistory(state.editsOf(picture), m_store, {0, 0})).first->second;
}

PictureChange OldStepReplay::read(SessionReader& reader, const json& value, const JournalState& state)
{
    const char* key = value.contains("undo") ? "undo" : value.contains("redo") ? "redo" : "picture";
    if (value.contains("step")) {
        reader.requireKeys(value, "a step", {"picture", "step"});
        if (++m_steps > maxSteps)
            reader.failTooLarge("expected at most " + std::to_string(maxSteps) + " steps");
        historyAt(reader, value[key], state).perform(reader.step(value["step"]));
    } else if (value.contains("goTo")) {
        reader.requireKeys(value, "a way", {"picture", "goTo"});
        const int position = reader.integer(value["goTo"], "goTo", 0, static_cast<int>(maxSteps));
        historyAt(reader, value[key], state).goTo(static_cast<std::size_t>(position));
    } else if (value.contains("undo")) {
        reader.requireKeys(value, "an undo", {"undo"});
        historyAt(reader, value[key], state).undo();
    } else {
        reader.requireKeys(value, "a redo", {"redo"});
        historyAt(reader, value[key], state).redo();
    }
    const fs::path picture = reader.path(value[key]);
    return {picture, m_histories.at(picture).state()};
}

} // namespace ocellus
