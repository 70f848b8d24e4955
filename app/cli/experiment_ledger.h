// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>

#include <QImage>

#include "core/experiment/edit_experiment.h"
#include "core/io/strict_json.h"

namespace ocellus {

/// What an experiment has found in one picture after the other, written as it is found, so that a later run need not
/// ask again: a JSON object a line, {"hash", "row", "before", "after", "sum"}. Not for people, who read pictures.csv.
class ExperimentLedger {
public:
    struct Entry {
        ExperimentRow row;
        QImage before, after; ///< as sheetThumbnail() has them; null where the picture is on no sheet

        bool hasThumbnails() const { return !before.isNull() && !after.isNull(); }
    };

    enum class Beginning { Anew, Resumed };

    /// An earlier file is replaced, or else read: a last line that was cut short is dropped without a word, and lines
    /// that are damaged with one, see damage(). Of another model's rows, whose classes may be more than `classes`,
    /// nobody asks. Throws Error(Unreadable).
    ExperimentLedger(std::filesystem::path path, int classes, Beginning beginning);

    /// What was wrong with the earlier file, and where, in one sentence; empty where nothing was.
    const std::string& damage() const { return m_damage; }

    /// True where an earlier run added an entry under this hash. Safe while entries are added.
    bool has(const std::string& hash) const { return m_earlier.contains(hash); }

    /// What an earlier run added; nothing where it did not, where its classes are none of the model's, or where the
    /// file has changed since.
    std::optional<Entry> entry(const std::string& hash) const;

    /// Throws Error(Unreadable).
    void add(const std::string& hash, const Entry& entry);

private:
    struct Place {
        std::uint64_t offset = 0;
        std::size_t bytes = 0; ///< without the line's end
    };
    struct Line {
        std::string hash;
        Entry entry;
    };

    void readEarlier();
    void keepWhole();
    std::string textAt(const Place& place) const;
    Line lineIn(const std::string& text, std::size_t number, int classes) const;

    std::filesystem::path m_path;
    int m_classes;
    std::string m_damage;
    std::map<std::string, Place> m_earlier; ///< by hash; not changed once it is read
    std::ofstream m_file;
};

} // namespace ocellus
