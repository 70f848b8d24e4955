// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/csv_writer.h"

#include <iomanip>
#include <limits>
#include <locale>
#include <span>
#include <sstream>
#include <utility>

#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "ui/figures/provenance.h"

namespace ocellus {

namespace {

/// Writes points as decimal marks whatever the locale, with digits that give a float back exactly.
std::ostringstream table()
{
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << std::setprecision(std::numeric_limits<float>::max_digits10);
    return out;
}

void save(const std::filesystem::path& path, const std::ostringstream& table, const std::vector<CsvColumn>& columns)
{
    const std::string text = withColumns(table.str(), columns);
    writeFileAtomically(path, std::as_bytes(std::span(text)));
}

} // namespace

void writeMapsCsv(const std::filesystem::path& path, const Explanation& explanation)
{
    const Decoding& decoding = *explanation.decoding;
    const int heads = decoding.extent().heads;
    std::vector<std::vector<float>> maps;
    for (int head = 0; head < heads; ++head)
        maps.push_back(decoding.attention(explanation.layer, head, explanation.classIndex));
    const std::vector<float> mean = decoding.meanAttention(explanation.layer, explanation.classIndex);
    std::ostringstream out = table();
    out << "row,column,x,y";
    for (int head = 0; head < heads; ++head)
        out << ",head_" << head + 1;
    out << ",mean\n";
    for (std::size_t cell = 0; cell < decoding.extent().cells(); ++cell) {
        const int row = static_cast<int>(cell) / decoding.extent().columns;
        const int column = static_cast<int>(cell) % decoding.extent().columns;
        const Point centre = explanation.geometry.centre({row, column});
        out << row << ',' << column << ',' << centre.x << ',' << centre.y;
        for (const std::vector<float>& map : maps)
            out << ',' << map[cell];
        out << ',' << mean[cell] << '\n';
    }
    save(path, out, provenanceOfClass(explanation));
}

void writeLogitsCsv(const std::filesystem::path& path, const Explanation& explanation,
                    const std::vector<std::string>& names)
{
    const Decoding& decoding = *explanation.decoding;
    std::ostringstream out = table();
    out << "rank,class,name,logit,probability,active\n";
    int rank = 0;
    for (const int position : decoding.ranking()) {
        const auto at = static_cast<std::size_t>(position);
        const int classIndex = decoding.classes()[at];
        out << ++rank << ',' << classIndex << ',' << csvField(names.at(static_cast<std::size_t>(classIndex))) << ','
            << decoding.logits()[at] << ',' << decoding.probabilities()[at] << ','
            << (decoding.isActive(classIndex) ? 1 : 0) << '\n';
    }
    std::vector<CsvColumn> columns{{"picture", explanation.pictureName.toStdString()}};
    for (CsvColumn& column : provenanceOf(explanation))
        columns.push_back(std::move(column));
    save(path, out, columns);
}

} // namespace ocellus
