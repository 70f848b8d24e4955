// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/document/document.h"

namespace ocellus {

// A document as a session, and back.

/// Files by their absolute paths, hashes only where they are known; without notes, results, layout and what was taken
/// away by hand.
Session sessionOf(const Document& document, const Settings& settings);
SessionView viewOf(const Document& document);
SessionInput inputOf(const Settings& settings);
/// References without hashes.
std::vector<FileReference> picturesOf(const Document& document);
std::optional<FileReference> modelOf(const Document& document);
/// What was taken away by hand in that picture, as that model has it under the input of now.
std::vector<StoredIntervention> byHandOf(const Document& document, const FileReference& model,
                                         const std::filesystem::path& picture);
std::optional<FileReference> classesOf(const Document& document);

/// Histories begin with the session's edits; `store` takes what is too much for memory.
RestoredWork workOf(const Session& session, const std::shared_ptr<StepStore>& store);
/// For this run, until the user chooses otherwise.
void useInput(Settings& settings, const SessionInput& input);

} // namespace ocellus
