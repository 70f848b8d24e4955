// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/csv_writer.h"

#include <utility>

#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "ui/figures/provenance.h"
#include "ui/figures/source_view.h"

namespace ocellus {

namespace {

/// A source's maps as columns "gradcam++", "gradient-attention_head_3".
void writeSourceCsv(const std::filesystem::path& path, const Explanation& explanation)
{
    const SourceView& source = *explanation.source;
    std::string names;
    for (const SourceMap& map : source.maps)
        names += ',' + map.source + (map.head ? "_head_" + std::to_string(*map.head + 1) : "");
    const std::vector<CsvColumn> belongsTo = provenanceOfClass(explanation);
    std::string table = csvHeader("row,column,x,y" + names, belongsTo);
    const int columns = explanation.geometry.columns();
    for (int cell = 0; cell < explanation.geometry.rows() * columns; ++cell) {
        const Point centre = explanation.geometry.centre({cell / columns, cell % columns});
        CsvLine line;
        line.number(cell / columns).number(cell % columns).number(centre.x).number(centre.y);
        for (const SourceMap& map : source.maps)
            line.number(map.values[static_cast<std::size_t>(cell)]);
        table += line.values(belongsTo).str();
    }
    writeFileAtomically(path, table);
}

std::string headNames(int heads)
{
    std::string names;
    for (int head = 0; head < heads; ++head)
        names += ",head_" + std::to_string(head + 1);
    return names;
}

} // namespace

void writeMapsCsv(const std::filesystem::path& path, const Explanation& explanation)
{
    if (explanation.source) {
        writeSourceCsv(path, explanation);
        return;
    }
    const Decoding& decoding = *explanation.decoding;
    const int heads = decoding.extent().heads;
    std::vector<std::vector<float>> maps;
    for (int head = 0; head < heads; ++head)
        maps.push_back(decoding.attention(explanation.layer, head, explanation.classIndex));
    const std::vector<float> mean = decoding.meanAttention(explanation.layer, explanation.classIndex);
    const std::vector<CsvColumn> belongsTo = provenanceOfClass(explanation);
    std::string table = csvHeader("row,column,x,y" + headNames(heads) + ",mean", belongsTo);
    for (std::size_t cell = 0; cell < decoding.extent().cells(); ++cell) {
        const int row = static_cast<int>(cell) / decoding.extent().columns;
        const int column = static_cast<int>(cell) % decoding.extent().columns;
        const Point centre = explanation.geometry.centre({row, column});
        CsvLine line;
        line.number(row).number(column).number(centre.x).number(centre.y);
        for (const std::vector<float>& map : maps)
            line.number(map[cell]);
        table += line.number(mean[cell]).values(belongsTo).str();
    }
    writeFileAtomically(path, table);
}

void writeLogitsCsv(const std::filesystem::path& path, const Explanation& explanation,
                    const std::vector<std::string>& names)
{
    const Decoding& decoding = *explanation.decoding;
    std::vector<CsvColumn> belongsTo{{"picture", explanation.pictureName.toStdString()}};
    for (CsvColumn& column : provenanceOf(explanation))
        belongsTo.push_back(std::move(column));
    std::string table = csvHeader("rank,class,name,logit,probability,active", belongsTo);
    int rank = 0;
    for (const int position : decoding.ranking()) {
        const auto at = static_cast<std::size_t>(position);
        const int classIndex = decoding.classes()[at];
        CsvLine line;
        const bool isActive = decoding.isActive(classIndex);
        if (isActive)
            line.number(++rank);
        else
            line.empty(); // a zero vector's logit takes no rank
        line.number(classIndex).text(names.at(static_cast<std::size_t>(classIndex)));
        line.number(decoding.logits()[at]).number(decoding.probabilities()[at]);
        table += line.number(isActive ? 1 : 0).values(belongsTo).str();
    }
    writeFileAtomically(path, table);
}

} // namespace ocellus
