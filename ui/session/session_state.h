// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/document/document.h"

namespace ocellus {

// A document as a session, and back.

/// Files by their absolute paths, hashes only where they are known; without notes, results and layout.
Session sessionOf(const Document& document, const Settings& settings);
SessionView viewOf(const Document& document);
SessionInput inputOf(const Settings& settings);
/// References without hashes.
std::vector<FileReference> picturesOf(const Document& document);
std::optional<FileReference> modelOf(const Document& document);
std::optional<FileReference> classesOf(const Document& document);

/// Histories begin with the session's edits; `store` takes what is too much for memory.
RestoredWork workOf(const Session& session, const std::shared_ptr<StepStore>& store);
/// For this run, until the user chooses otherwise.
void useInput(Settings& settings, const SessionInput& input);

} // namespace ocellus
