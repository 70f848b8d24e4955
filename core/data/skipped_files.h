// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace ocellus {

/// What a listing of pictures left out, counted and named by reason, so that nothing is missing without a word.
class SkippedFiles {
public:
    struct Group {
        std::size_t count = 0;
        std::vector<std::string> names; ///< the first thousand, in the order of the listing
    };

    /// `name` is the path below the listed folder, with a slash at the end for a whole folder.
    void add(const std::string& reason, const std::string& name);
    /// `prefix` comes before the names: "val/".
    void add(const SkippedFiles& others, const std::string& prefix = {});

    bool empty() const { return m_groups.empty(); }
    std::size_t count() const;
    const std::map<std::string, Group>& groups() const { return m_groups; }

    /// "3 files or folders left out: 2 hidden (.a.jpg, .b.jpg); 1 no picture (notes.txt)"; empty where there are none.
    std::string sentence() const;

private:
    std::map<std::string, Group> m_groups; ///< by reason
};

/// {"hidden": {"count": 2, "names": [".a.jpg", ".b.jpg"]}, ...}
nlohmann::ordered_json jsonOf(const SkippedFiles& skipped);

} // namespace ocellus
