// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>

#include <nlohmann/json_fwd.hpp>

#include "core/edit/edit_history.h"
#include "core/session/journal_state.h"
#include "core/session/session_reader.h"

namespace ocellus {

/// Reads what journals of before EditRecordWriter have of edits: {"picture": path, "step": step}, {"undo": path},
/// {"redo": path} and {"picture": path, "goTo": position}.
class OldStepReplay {
public:
    /// The past of its pictures goes to a file without a name in that folder.
    explicit OldStepReplay(std::filesystem::path folder);

    static bool isOne(const nlohmann::json& value);
    /// Throws as SessionReader and EditHistory do, with nothing changed, also for more than a million steps.
    PictureChange read(SessionReader& reader, const nlohmann::json& value, const JournalState& state);

private:
    EditHistory& historyAt(SessionReader& reader, const nlohmann::json& path, const JournalState& state);

    std::filesystem::path m_folder;
    std::shared_ptr<StepStore> m_store;
    std::map<std::filesystem::path, EditHistory> m_histories;
    std::size_t m_steps = 0;
};

} // namespace ocellus
