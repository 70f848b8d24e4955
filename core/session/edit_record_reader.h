// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>

#include <nlohmann/json_fwd.hpp>

#include "core/session/journal_change.h"
#include "core/session/session_reader.h"

namespace ocellus {

/// Reads what EditRecordWriter wrote, also where some of it is missing.
class EditRecordReader {
public:
    struct Read {
        PictureChange change;
        std::size_t lost = 0; ///< edits, masks and selections whose content was in no record that could be read
    };

    /// Throws as SessionReader does.
    Read read(SessionReader& reader, const nlohmann::json& value);

private:
    /// By number; of a picture's last record.
    struct Contents {
        std::map<std::uint64_t, Edit> edits;
        std::map<std::uint64_t, NamedMask> masks;
        std::map<std::uint64_t, Mask> selections;
    };

    std::map<std::filesystem::path, Contents> m_contents;
};

} // namespace ocellus
