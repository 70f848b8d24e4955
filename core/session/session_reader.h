// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/edit/edit_reader.h"
#include "core/session/session.h"

namespace ocellus {

/// Reads what jsonOf() of a session wrote, as strictly as EditReader; Unsupported for a newer schema.
class SessionReader : public EditReader {
public:
    /// In journals the SHA-256 of a file may still be unknown. That of class names and pictures may anywhere: the file
    /// could not be read when the session was saved.
    enum class Hashes { Required, Optional };

    /// Paths become absolute by `folder`; an empty one expects that they are.
    SessionReader(std::string source, std::filesystem::path folder, Hashes hashes = Hashes::Required);

    Session session(const nlohmann::json& value);
    FileReference file(const nlohmann::json& value) const { return file(value, m_hashes); }
    std::filesystem::path path(const nlohmann::json& value) const;
    std::vector<HeadNote> notes(const nlohmann::json& value) const;
    QuerySet querySet(const nlohmann::json& value) const;
    SessionInput input(const nlohmann::json& value) const;
    /// All but the edits that it is of.
    StoredIntervention intervention(const nlohmann::json& value) const;
    SessionView view(const nlohmann::json& value) const;
    SessionFindings findings(const nlohmann::json& value) const;

private:
    FileReference file(const nlohmann::json& value, Hashes hashes) const;
    ModelSettings settings(const nlohmann::json& value) const;
    std::string hash(const nlohmann::json& value, Hashes hashes) const;
    std::vector<float> floats(const nlohmann::json& value, const char* what, int most) const;
    std::vector<SessionPicture> pictures(const nlohmann::json& value);
    std::vector<StoredIntervention> byHand(const nlohmann::json& value, const EditList& edits) const;
    std::vector<int> ascending(const nlohmann::json& value, const char* what, int most) const;
    QuerySet appliedSet(const nlohmann::json& value) const;
    std::vector<StoredEvidence> evidence(const nlohmann::json& value, const std::vector<SessionPicture>& pictures);
    StoredResult result(const nlohmann::json& value, const std::vector<SessionPicture>& pictures) const;

    std::filesystem::path m_folder;
    Hashes m_hashes;
};

/// Throws Error: as SessionReader, and NotFound, Unreadable. A file above maxSessionBytes is refused before it is read.
Session readSession(const std::filesystem::path& file);

} // namespace ocellus
