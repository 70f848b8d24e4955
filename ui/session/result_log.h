// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/session/session.h"
#include "core/session/stored_result.h"
#include "ui/engine/view_result.h"

namespace ocellus {

/// What a session's results are of, by the pictures' paths: its file may name them in another order by now.
struct StoredNumbers {
    struct OfPicture {
        FileReference picture;
        StoredResult result;
    };
    struct Evidence {
        FileReference picture;
        StoredEvidence evidence;
    };

    std::string model;   ///< SHA-256 of the checkpoint
    ModelSettings given; ///< what was said of it by hand
    SessionInput input;
    std::vector<OfPicture> results;
    std::vector<Evidence> evidence; ///< about its maps
};

StoredNumbers storedNumbersOf(const Session& session);

/// Whether both have the same model, with the same said of it, and read pictures in the same way.
bool isReadAlike(const Session& session, const StoredNumbers& stored);

/// Adds the numbers that still hold: of the same model and input, of a picture with the same content and edits, and
/// under a query set that the session has no newer ones of. The session's files have their hashes.
void addWhatHolds(Session& session, const StoredNumbers& stored);

/// Takes the evidence away that waits for a picture of that path with another content. The session's files have their
/// hashes.
void dropOfOtherContent(Session& session, const StoredNumbers& waiting);

using FileTimes = std::unordered_map<std::string, std::filesystem::file_time_type>;

/// Takes the numbers away, and what was taken away by hand, whose picture's file has been written since it was read, by
/// its time of then: they are of what is not there any more, and would stand beside the hash of what is.
void dropOutdated(Session& session, const FileTimes& times);

/// Remembers the numbers that were shown, each under the key that it was computed for: of every picture and query set
/// the newest.
class ResultLog {
public:
    /// Only numbers that the model gives by itself, exactly: drafts, interventions, and what was not computed in
    /// float32 are passed over. `classIndex` and `layer` say which maps the peaks are of.
    void note(const ViewResult& result, int classIndex, int layer);

    /// Of these pictures as they are edited here, in their order and named by their place. Only what was computed with
    /// the model and input of `like`: a session has one of each.
    std::vector<StoredResult> results(const std::vector<SessionPicture>& pictures, const ViewKey& like) const;

    /// The same of other edits: what was looked at under query sets under which nobody has looked at the pictures as
    /// they are edited here.
    std::vector<StoredResult> earlier(const std::vector<SessionPicture>& pictures, const ViewKey& like) const;

    /// When the files of those pictures were written last, before they were read.
    FileTimes fileTimes() const;

    void clear() { m_ofPicture.clear(); }

private:
    struct Noted {
        ViewKey key;
        StoredResult result;
        std::filesystem::file_time_type fileTime;
    };

    std::vector<StoredResult> of(const std::vector<SessionPicture>& pictures, const ViewKey& like, bool asEdited) const;

    std::unordered_map<std::string, std::vector<Noted>> m_ofPicture;
};

} // namespace ocellus
