// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/summary_csv.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/io/csv.h"

namespace ocellus {

namespace {

constexpr std::size_t ranksPerPicture = 5;

} // namespace

SummaryCsv::SummaryCsv(const std::filesystem::path& path, EnergyReference validation)
    : m_file(path),
      m_validation(std::move(validation))
{
    m_file.write(summaryHeader);
}

void SummaryCsv::add(const std::string& picture, const Decoding& decoding, const ClassTable& table,
                     const PictureFacts& facts, const std::string& hash)
{
    std::string lines;
    if (!decoding.hasLogits())
        for (const int classIndex : decoding.classes()) {
            CsvLine line;
            line.text(picture).text("").number(classIndex);
            line.text(table.entries[static_cast<std::size_t>(classIndex)].name).empty().empty().empty().empty();
            lines += line.text(remarkText(facts)).text(hash).str();
        }
    if (!decoding.hasLogits())
        return m_file.write(lines);
    const double unusual = energy(decoding.logits());
    // Fewer classes have a higher energy whatever the picture shows.
    const bool isComparable = !decoding.tree() && m_validation.isEnough() && decoding.querySet().mode == LimitMode::All;
    for (std::size_t rank = 0; rank < std::min(ranksPerPicture, decoding.ranking().size()); ++rank) {
        const auto position = static_cast<std::size_t>(decoding.ranking()[rank]);
        const int classIndex = decoding.classes()[position];
        if (!decoding.isActive(classIndex))
            break; // a zero vector's logit takes no rank, and those come last
        CsvLine line;
        line.text(picture).number(rank + 1).number(classIndex);
        line.text(table.entries[static_cast<std::size_t>(classIndex)].name);
        line.number(decoding.logits()[position]).number(decoding.probabilities()[position]);
        if (decoding.tree()) // its probabilities add up to 1: what is left is rounding
            line.empty();
        else
            line.number(static_cast<float>(unusual));
        if (isComparable)
            line.number(static_cast<float>(100.0 * static_cast<double>(m_validation.below(unusual)) /
                                           static_cast<double>(m_validation.count())));
        else
            line.empty();
        lines += line.text(remarkText(facts)).text(hash).str();
    }
    m_file.write(lines);
}

void SummaryCsv::keepAs(const std::filesystem::path& path) const
{
    std::error_code failure;
    std::filesystem::copy_file(m_file.temporaryPath(), path, std::filesystem::copy_options::overwrite_existing,
                               failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, path.string(), failure.message());
}

} // namespace ocellus
