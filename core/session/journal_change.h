// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <variant>
#include <vector>

#include "core/session/session.h"

namespace ocellus {

// What can happen to a session, each with the value that holds from then on.

/// A picture, by its FileReference::path, that is in the list.
struct PictureChange {
    std::filesystem::path picture;
    PictureEdits edits;
};

/// What is taken away by hand in a picture that is in the list, all of it.
struct ByHandChange {
    std::filesystem::path picture;
    std::vector<StoredIntervention> byHand;
};

/// All pictures in order, with or without their SHA-256: new ones have no edits yet, and those that are gone take
/// theirs with them.
struct PictureListChange {
    std::vector<FileReference> pictures;
};

struct ModelChange {
    std::optional<FileReference> model;
    std::optional<FileReference> classes;
};

struct NotesChange {
    std::vector<HeadNote> notes;
};

/// Of a picture that is in the list; its StoredEvidence::picture does not count.
struct EvidenceChange {
    std::filesystem::path picture;
    StoredEvidence evidence;
};

struct FindingsChange {
    SessionFindings findings;
};

struct InputChange {
    SessionInput input;
};

struct ViewChange {
    SessionView view;
};

/// The session file that the work belongs to, before anything is written to it; empty: none.
struct SessionFileChange {
    std::filesystem::path file;
};

/// All is in that file now.
struct SavedChange {
    std::filesystem::path file;
};

using JournalChange =
    std::variant<PictureChange, ByHandChange, PictureListChange, ModelChange, NotesChange, InputChange, ViewChange,
                 EvidenceChange, FindingsChange, SessionFileChange, SavedChange>;

} // namespace ocellus
