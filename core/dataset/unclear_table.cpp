// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/unclear_table.h"

#include <algorithm>
#include <cctype>

#include "core/data/image_folder.h"

namespace ocellus {

namespace {

/// The heading of the column of which most fields are as `fits` would have them; empty where few are.
template <typename Fits>
std::string columnWhere(const CsvPreview& preview, const std::string& other, Fits fits)
{
    std::string best;
    std::ptrdiff_t most = static_cast<std::ptrdiff_t>(preview.rows.size()) / 2;
    for (std::size_t column = 0; column < preview.headings.size(); ++column) {
        const auto count =
            std::ranges::count_if(preview.rows, [&](const auto& fields) { return fits(fields[column]); });
        if (count > most && !preview.headings[column].empty() && preview.headings[column] != other) {
            most = count;
            best = preview.headings[column];
        }
    }
    return best;
}

bool namesPicture(const std::string& field)
{
    return looksLikePicture(field.substr(0, field.find('?')));
}

/// Letters and spaces, as names of species are.
bool isName(const std::string& field)
{
    return !field.empty() && std::ranges::none_of(field, [](unsigned char letter) {
        return std::isdigit(letter) || letter == '/' || letter == ':' || letter == '@';
    });
}

} // namespace

UnclearTable::UnclearTable(const std::filesystem::path& table, const std::string& classHeading,
                           const std::string& detail)
    : Error(ErrorCode::Damaged, table.string(), detail,
            "Name the columns, on the command line with --picture-column and --class-column"),
      m_table(table),
      m_preview(previewCsv(table, "table of pictures", MostRows, TextEncodings::WithWindows1252))
{
    m_guess.picture = columnWhere(m_preview, {}, namesPicture);
    m_guess.className = classHeading.empty() ? columnWhere(m_preview, m_guess.picture, isName) : classHeading;
}

} // namespace ocellus
