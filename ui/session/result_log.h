// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/session/session.h"
#include "core/session/stored_result.h"

namespace ocellus {

/// Remembers the numbers that were shown: of every picture and query set the newest.
class ResultLog {
public:
    void note(const std::filesystem::path& picture, const EditList& edits, const Decoding& decoding, int classIndex,
              int layer);

    /// Of these pictures, which the results name by their place; in their order.
    std::vector<StoredResult> results(const std::vector<std::filesystem::path>& pictures) const;

    void clear() { m_ofPicture.clear(); }

private:
    std::unordered_map<std::string, std::vector<StoredResult>> m_ofPicture;
};

} // namespace ocellus
