// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/matrix_csv.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/provenance.h"

namespace ocellus {

namespace {

constexpr std::string_view provenanceColumns = "model,sha256,limit,edits,intervention,notices";
constexpr std::string_view sourceColumns = "source,source_made_with,unit";
constexpr std::string_view shareColumns = "share_on_picture,share_of_prompts,share_of_tokens";
constexpr std::string_view answerColumns = "ground_truth,predicted,predicted_probability";

void skip(CsvLine& line, std::string_view columns)
{
    for (auto left = std::ranges::count(columns, ',') + 1; left > 0; --left)
        line.empty();
}

/// The columns that some tables have.
struct Extra {
    bool sources = false;
    bool shares = false;
    bool evidence = false;
    bool parts = false; ///< maps that the model itself calls by a number: prototypes, nodes, concepts
    bool answers = false;
    bool reasons = false; ///< why a row has no maps

    explicit Extra(const MapMatrix& matrix)
    {
        for (const MatrixRow& row : matrix.rows) {
            answers = answers || row.answer;
            reasons = reasons || !row.hasMaps();
            for (const MatrixCell& cell : row.cells) {
                sources = sources || (cell.explanation && cell.explanation->source);
                shares = shares || (cell.tile && cell.tile->shares);
                parts = parts || (cell.tile && cell.tile->part);
                evidence = evidence || (cell.explanation && cell.tile && evidenceOf(*cell.explanation));
            }
        }
    }

    std::string header() const
    {
        std::string names =
            "row,column,picture,class,layer,head,peak,lowest,score,logit,probability," + std::string(provenanceColumns);
        for (const auto& [isThere, columns] : {std::pair(sources, sourceColumns),
                                               {shares, shareColumns},
                                               {evidence, evidenceColumns()},
                                               {parts, "map"},
                                               {answers, answerColumns},
                                               {reasons, "why_no_maps"}})
            if (isThere)
                names.append(",").append(columns);
        return csvHeader(names);
    }
};

/// Logit and probability, of which a difference has none: its two maps can differ in each of them.
void addPrediction(CsvLine& line, const MatrixRow& row, const Explanation& explanation, bool isDifference)
{
    const bool isOfClass = !row.answer || row.answer->hasClass;
    if (!isDifference && isOfClass && explanation.decoding && explanation.decoding->hasLogits() &&
        !explanation.isOfOtherModel && explanation.decoding->hasClass(explanation.classIndex))
        line.number(explanation.decoding->logit(explanation.classIndex))
            .number(explanation.decoding->probability(explanation.classIndex));
    else
        line.empty().empty();
}

void addMap(CsvLine& line, const MatrixCell& cell)
{
    line.number(cell.explanation->layer + 1);
    if (cell.tile->isMean)
        line.text("mean");
    else
        line.number(cell.tile->head + 1);
    line.number(cell.tile->peak).number(cell.tile->trough).number(cell.tile->peakScore);
}

/// Where the attention goes that a map does not hold.
void addShares(CsvLine& line, const TileMap& tile)
{
    if (const std::optional<MapSource::Shares>& shares = tile.shares)
        line.number(1 - shares->prompts - shares->prefix).number(shares->prompts).number(shares->prefix);
    else
        skip(line, shareColumns);
}

void addAnswer(CsvLine& line, const MatrixRow& row)
{
    if (row.answer)
        line.text(row.answer->truth.toStdString())
            .text(row.answer->predicted.toStdString())
            .number(row.answer->probability);
    else
        skip(line, answerColumns);
}

/// Of a map, or without one of the row.
std::string lineOf(const MatrixRow& row, const QString& column, const MatrixCell& cell, const Extra& with)
{
    const Explanation* explanation = cell.explanation.get();
    const bool isOfClass = explanation && (!row.answer || row.answer->hasClass);
    CsvLine line;
    line.text(row.title.toStdString()).text(column.toStdString());
    line.text(explanation ? explanation->pictureName.toStdString() : std::string());
    line.text(isOfClass ? explanation->className.toStdString() : std::string());
    if (cell.tile)
        addMap(line, cell);
    else
        skip(line, "layer,head,peak,lowest,score");
    if (explanation) {
        addPrediction(line, row, *explanation, cell.isDifference());
        line.values(provenanceOf(*explanation));
    } else {
        skip(line.empty().empty(), provenanceColumns);
    }
    if (with.sources && !(explanation && explanation->source))
        skip(line, sourceColumns);
    if (with.shares && cell.tile)
        addShares(line, *cell.tile);
    else if (with.shares)
        skip(line, shareColumns);
    if (with.evidence && cell.tile)
        addEvidence(line, *explanation, *cell.tile);
    else if (with.evidence)
        skip(line, evidenceColumns());
    if (with.parts)
        line.text(cell.tile ? cell.tile->title.toStdString() : std::string());
    if (with.answers)
        addAnswer(line, row);
    if (with.reasons)
        line.text(row.whyNoMaps().toStdString());
    return line.str();
}

} // namespace

void writeMatrixCsv(const std::filesystem::path& path, const MapMatrix& matrix)
{
    const Extra with(matrix);
    std::string table = with.header();
    for (const MatrixRow& row : matrix.rows) {
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (row.cells[i].tile)
                table += lineOf(row, matrix.columns.value(static_cast<qsizetype>(i)), row.cells[i], with);
        if (!row.hasMaps())
            table += lineOf(row, {}, row.cells.empty() ? MatrixCell() : row.cells.front(), with);
    }
    writeFileAtomically(path, table);
}

} // namespace ocellus
