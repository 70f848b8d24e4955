// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/matrix_csv.h"

#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/provenance.h"

namespace ocellus {

namespace {

/// The columns that a difference has none of: its two maps can differ in each of them.
void addPrediction(CsvLine& line, const MatrixCell& cell)
{
    const Explanation& explanation = *cell.explanation;
    line.number(cell.tile->peakScore);
    if (!cell.isDifference() && explanation.decoding->hasLogits() && !explanation.isOfOtherModel &&
        explanation.decoding->hasClass(explanation.classIndex))
        line.number(explanation.decoding->logit(explanation.classIndex))
            .number(explanation.decoding->probability(explanation.classIndex));
    else
        line.empty().empty();
}

/// Columns that some tables have.
struct Extra {
    bool sources = false;
    bool shares = false;
    bool evidence = false;
};

bool hasSources(const MapMatrix& matrix)
{
    return std::ranges::any_of(matrix.rows, [](const MatrixRow& row) {
        return std::ranges::any_of(row.cells,
                                   [](const MatrixCell& cell) { return cell.explanation && cell.explanation->source; });
    });
}

bool hasShares(const MapMatrix& matrix)
{
    for (const MatrixRow& row : matrix.rows)
        for (const MatrixCell& cell : row.cells)
            if (cell.tile && cell.tile->shares)
                return true;
    return false;
}

bool hasEvidence(const MapMatrix& matrix)
{
    for (const MatrixRow& row : matrix.rows)
        for (const MatrixCell& cell : row.cells)
            if (cell.explanation && cell.tile && evidenceOf(*cell.explanation))
                return true;
    return false;
}

/// Where the attention goes that a map does not hold.
void addShares(CsvLine& line, const MatrixCell& cell)
{
    if (const std::optional<MapSource::Shares>& shares = cell.tile->shares)
        line.number(1 - shares->prompts - shares->prefix).number(shares->prompts).number(shares->prefix);
    else
        line.empty().empty().empty();
}

std::string lineOf(const MatrixRow& row, const QString& column, const MatrixCell& cell, const Extra& with)
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
    if (with.sources && !explanation.source)
        line.empty().empty().empty();
    if (with.shares)
        addShares(line, cell);
    if (with.evidence)
        addEvidence(line, explanation, *cell.tile);
    return line.str();
}

} // namespace

void writeMatrixCsv(const std::filesystem::path& path, const MapMatrix& matrix)
{
    const Extra with{hasSources(matrix), hasShares(matrix), hasEvidence(matrix)};
    std::string table =
        csvHeader(std::string("row,column,picture,class,layer,head,peak,lowest,score,logit,probability,model,"
                              "sha256,limit,edits,intervention,notices") +
                  (with.sources ? ",source,source_made_with,unit" : "") +
                  (with.shares ? ",share_on_picture,share_of_prompts,share_of_tokens" : "") +
                  (with.evidence ? "," + std::string(evidenceColumns()) : ""));
    for (const MatrixRow& row : matrix.rows)
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (row.cells[i].tile)
                table += lineOf(row, matrix.columns.value(static_cast<qsizetype>(i)), row.cells[i], with);
    writeFileAtomically(path, table);
}

} // namespace ocellus
