// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/matrix_csv.h"

#include <iomanip>
#include <limits>
#include <locale>
#include <span>
#include <sstream>

#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "ui/figures/provenance.h"

namespace ocellus {

namespace {

std::string field(const QString& text)
{
    return csvField(text.toStdString());
}

/// The columns that a difference has none of: its two maps can differ in each of them.
void writePrediction(std::ostream& out, const MatrixCell& cell)
{
    const Explanation& explanation = *cell.explanation;
    if (cell.tile->peakScore)
        out << *cell.tile->peakScore;
    out << ',';
    if (!cell.isDifference() && explanation.decoding->hasClass(explanation.classIndex))
        out << explanation.decoding->logit(explanation.classIndex) << ','
            << explanation.decoding->probability(explanation.classIndex);
    else
        out << ',';
}

void writeCell(std::ostream& out, const MatrixRow& row, const QString& column, const MatrixCell& cell)
{
    const Explanation& explanation = *cell.explanation;
    out << field(row.title) << ',' << field(column) << ',' << field(explanation.pictureName) << ','
        << field(explanation.className) << ',' << explanation.layer + 1 << ',';
    if (cell.tile->isMean)
        out << "mean";
    else
        out << cell.tile->head + 1;
    out << ',' << cell.tile->peak << ',';
    if (cell.tile->trough)
        out << *cell.tile->trough;
    out << ',';
    writePrediction(out, cell);
    for (const CsvColumn& fact : provenanceOf(explanation))
        out << ',' << csvField(fact.value);
    out << '\n';
}

} // namespace

void writeMatrixCsv(const std::filesystem::path& path, const MapMatrix& matrix)
{
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << std::setprecision(std::numeric_limits<float>::max_digits10);
    out << "row,column,picture,class,layer,head,peak,lowest,score,logit,probability,model,sha256,limit,edits,"
           "intervention,"
           "notices\n";
    for (const MatrixRow& row : matrix.rows)
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (row.cells[i].tile)
                writeCell(out, row, matrix.columns.value(static_cast<qsizetype>(i)), row.cells[i]);
    const std::string text = out.str();
    writeFileAtomically(path, std::as_bytes(std::span(text)));
}

} // namespace ocellus
