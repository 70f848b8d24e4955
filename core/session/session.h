// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/hash.h"
#include "core/edit/picture_edits.h"
#include "core/engine/attention_intervention.h"
#include "core/engine/model_settings.h"
#include "core/engine/query_set.h"
#include "core/explain/evidence_sheet.h"
#include "core/image/preprocess_options.h"
#include "core/image/sample_range.h"

namespace ocellus {

/// A file that a session needs, and what it must hold.
struct FileReference {
    std::filesystem::path path; ///< absolute; at most maxPathBytes
    std::string sha256;         ///< 64 digits; of a folder of classes, see referenceTo(). Empty: not known yet
    std::uint64_t bytes = 0;    ///< 0 for a folder
    ModelSettings given = {};   ///< of a model: what the user said of it

    bool operator==(const FileReference&) const = default;
};

/// What was taken away by hand from what a class sees in a picture, as the session's model and input have it.
struct StoredIntervention {
    ContentKey edits; ///< contentKey() of the list of edits that had been done to the picture
    QuerySet set;
    AttentionIntervention intervention; ///< of the class that it names; not empty

    bool operator==(const StoredIntervention&) const = default;
};

struct SessionPicture {
    FileReference file;
    PictureEdits edits;
    std::vector<StoredIntervention> byHand = {}; ///< each class once under the same edits and set

    bool operator==(const SessionPicture&) const = default;
};

/// What somebody found out about a head, such as "tail pattern".
struct HeadNote {
    std::string modelSha256; ///< 64 digits: notes outlive the choice of another model
    int classIndex = -1;     ///< -1: of all classes
    int head = 0;            ///< from 0
    std::string text;        ///< UTF-8, at most maxNoteBytes

    bool operator==(const HeadNote&) const = default;
};

/// How pictures become the model's input.
struct SessionInput {
    PreprocessOptions preprocess;
    bool ownPreprocess = true; ///< the checkpoint's own sizes instead, where it declares some
    bool ignoreExif = false;
    SampleRange range;
    bool convertToSrgb = false;

    bool operator==(const SessionInput&) const = default;
};

/// What the window showed.
struct SessionView {
    int picture = -1;    ///< in Session::pictures; -1: none
    int classIndex = -1; ///< -1: none
    int head = 0;        ///< from 0; the number of heads stands for their mean
    int layer = 0;       ///< from 0
    /// The classes are remembered with LimitMode::All too.
    QuerySet limit;
    bool filter = false;        ///< with LimitMode::All: only the chosen classes are listed
    std::string display = "{}"; ///< a JSON object that only the window understands, at most maxDisplayBytes
    std::string layout;         ///< of the window; base64, at most maxLayoutBytes

    bool operator==(const SessionView&) const = default;
};

/// Numbers that were shown of one picture under one query set, to be compared when they are computed again. What
/// attention by hand gave is none of them.
struct StoredResult {
    int picture = 0;  ///< in Session::pictures
    ContentKey edits; ///< contentKey() of the list of edits that had been done to it
    QuerySet set;
    std::vector<float> logits;        ///< in the order of Decoding::classes()
    int classIndex = 0;               ///< whose maps the peaks are of
    int layer = 0;                    ///< from 0
    std::vector<float> peakAttention; ///< by head: the largest weight, in times of the uniform one (1 / cells)
    std::vector<float> peakScore;     ///< by head: the largest dot product before the softmax

    bool operator==(const StoredResult&) const = default;
};

/// What a test of one map of a picture came to, with all classes, as the session's model and input have it.
struct StoredEvidence {
    int picture = 0;  ///< in Session::pictures
    ContentKey edits; ///< contentKey() of the list of edits that had been done to it
    int classIndex = 0;
    int layer = 0; ///< from 0
    int heads = 0; ///< that the model has, over which tests are corrected
    EvidenceMap map;
    Finding finding;

    bool operator==(const StoredEvidence&) const = default;
};

/// What was found out about edits, as JSON objects that only the window understands, at most maxFindingBytes each.
/// Empty: nothing was.
struct SessionFindings {
    std::string experiment; ///< one edit in many pictures
    std::string controls;   ///< one edit among others like it

    bool empty() const { return experiment.empty() && controls.empty(); }
    bool operator==(const SessionFindings&) const = default;
};

/// Everything that a session file holds, as plain values.
struct Session {
    std::string program; ///< version that wrote it, such as "0.4.0"
    std::optional<FileReference> model;
    std::optional<FileReference> classes; ///< file or folder of class names; nothing: the model's own, or numbers
    std::vector<SessionPicture> pictures; ///< each path once
    std::vector<HeadNote> notes;
    SessionInput input;
    SessionView view;
    std::vector<StoredResult> results;
    std::vector<StoredEvidence> evidence;
    SessionFindings findings;

    bool operator==(const Session&) const = default;
};

/// What session files begin with.
inline constexpr const char* sessionFormat = "ocellus session";
/// What names of journals end with.
inline constexpr const char* journalExtension = ".journal";
/// And what follows that while the file is not whole.
inline constexpr const char* journalPartExtension = ".part";
/// The schema that is written; older ones are read too.
inline constexpr int sessionSchema = 1;

/// What a session may hold at most; files that ask for more are refused, and none such are written.
inline constexpr std::uint64_t maxSessionBytes = 512U << 20;
inline constexpr std::size_t maxMaskBytes = std::size_t{2} << 30; ///< masks and patches in memory, shared ones once
inline constexpr std::size_t maxPictures = 100'000;
inline constexpr std::size_t maxNotes = 100'000;
inline constexpr std::size_t maxResults = 100'000;
inline constexpr std::size_t maxByHand = 100'000; ///< of a picture
inline constexpr std::size_t maxEvidence = 1'000'000;
inline constexpr std::size_t maxPathBytes = 4'096;
inline constexpr std::size_t maxNoteBytes = 10'000;
inline constexpr std::size_t maxDisplayBytes = 64U << 10;
inline constexpr std::size_t maxLayoutBytes = 1U << 20;
inline constexpr std::size_t maxFindingBytes = 128U << 20;

} // namespace ocellus
