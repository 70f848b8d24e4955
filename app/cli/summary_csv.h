// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/analysis/unusualness.h"
#include "core/data/class_table.h"
#include "core/engine/decoding.h"
#include "core/image/picture_facts.h"
#include "core/io/atomic_file.h"

namespace ocellus {

inline constexpr std::string_view summaryHeader =
    "picture,rank,class,name,logit,probability,energy,more_unusual_than,remarks,hash\n";
inline constexpr std::size_t summaryColumns = 10;

/// The five best classes of every picture as CSV: picture, rank (from 1), class (index from 0), name, logit,
/// probability, energy (of the picture, see energy()), more_unusual_than (percent of the pictures that the model was
/// validated on; empty under a limit, and where the checkpoint tells nothing of them), remarks (what of the file is out
/// of the ordinary), hash (of the file's content, the model and all that the results depend on). The file appears under
/// its name in commit().
class SummaryCsv {
public:
    /// Throws Error(Unreadable).
    SummaryCsv(const std::filesystem::path& path, EnergyReference validation);

    /// Throws Error(Unreadable).
    void add(const std::string& picture, const Decoding& decoding, const ClassTable& table, const PictureFacts& facts,
             const std::string& hash);

    /// Lines of an earlier summary. Throws Error(Unreadable).
    void addLines(const std::string& lines) { m_file.write(lines); }

    /// Keeps what is written so far under another name, at once. Throws Error(Unreadable).
    void keepAs(const std::filesystem::path& path) const;

    /// Throws Error(Unreadable).
    void commit() { m_file.commit(); }

private:
    AtomicFile m_file;
    EnergyReference m_validation;
};

} // namespace ocellus
