// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/matrix_csv.h"

#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "ui/figures/provenance.h"

namespace ocellus {

namespace {

/// The columns that a difference has none of: its two maps can differ in each of them.
void addPrediction(CsvLine& line, const MatrixCell& cell)
{
    const Explanation& explanation = *cell.explanation;
    line.number(cell.tile->peakScore);
    if (!cell.isDifference() && explanation.decoding->hasClass(explanation.classIndex))
        line.number(explanation.decoding->logit(explanation.classIndex))
            .number(explanation.decoding->probability(explanation.classIndex));
    else
        line.empty().empty();
}

bool hasSources(const MapMatrix& matrix)
{
    return std::ranges::any_of(matrix.rows, [](const MatrixRow& row) {
        return std::ranges::any_of(row.cells,
                                   [](const MatrixCell& cell) { return cell.explanation && cell.explanation->source; });
    });
}

std::string lineOf(const MatrixRow& row, const QString& column, const MatrixCell& cell, bool withSources)
{
    const Explanation& explanation = *cell.explanation;
    CsvLine line;
    for (const QString& text : {row.title, column, explanation.pictureName, explanation.className})
        line.text(text.toStdString());
    line.number(explanation.layer + 1);
    if (cell.tile->isMean)
        line.text("mean");
    else
        line.number(cell.tile->head + 1);
    line.number(cell.tile->peak).number(cell.tile->trough);
    addPrediction(line, cell);
    line.values(provenanceOf(explanation));
    if (withSources && !explanation.source)
        line.empty().empty().empty();
    return line.str();
}

} // namespace

void writeMatrixCsv(const std::filesystem::path& path, const MapMatrix& matrix)
{
    const bool withSources = hasSources(matrix);
    std::string table =
        csvHeader(std::string("row,column,picture,class,layer,head,peak,lowest,score,logit,probability,model,"
                              "sha256,limit,edits,intervention,notices") +
                  (withSources ? ",source,source_made_with,unit" : ""));
    for (const MatrixRow& row : matrix.rows)
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (row.cells[i].tile)
                table += lineOf(row, matrix.columns.value(static_cast<qsizetype>(i)), row.cells[i], withSources);
    writeFileAtomically(path, table);
}

} // namespace ocellus
