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

std::string lineOf(const MatrixRow& row, const QString& column, const MatrixCell& cell)
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
    return line.values(provenanceOf(explanation)).str();
}

} // namespace

void writeMatrixCsv(const std::filesystem::path& path, const MapMatrix& matrix)
{
    std::string table = csvHeader("row,column,picture,class,layer,head,peak,lowest,score,logit,probability,model,"
                                  "sha256,limit,edits,intervention,notices");
    for (const MatrixRow& row : matrix.rows)
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (row.cells[i].tile)
                table += lineOf(row, matrix.columns.value(static_cast<qsizetype>(i)), row.cells[i]);
    writeFileAtomically(path, table);
}

} // namespace ocellus
