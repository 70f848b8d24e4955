// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/data/class_table.h"
#include "core/engine/decoding.h"
#include "core/image/picture_facts.h"
#include "core/io/atomic_file.h"

namespace ocellus {

inline constexpr std::string_view summaryHeader = "picture,rank,class,name,logit,probability,remarks\n";
inline constexpr std::size_t summaryColumns = 7;

/// The five best classes of every picture as CSV: picture, rank (from 1), class (index from 0), name, logit,
/// probability, remarks (what of the file is out of the ordinary). The file appears under its name in commit().
class SummaryCsv {
public:
    /// Throws Error(Unreadable).
    explicit SummaryCsv(const std::filesystem::path& path);

    /// Throws Error(Unreadable).
    void add(const std::string& picture, const Decoding& decoding, const ClassTable& table, const PictureFacts& facts);

    /// Throws Error(Unreadable).
    void commit() { m_file.commit(); }

private:
    AtomicFile m_file;
};

} // namespace ocellus
