// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/model_matrix.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <QCoreApplication>
#include <QFile>

#include "core/explain/stand_in.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/source_view.h"

namespace ocellus {

namespace {

/// The words of this file.
struct ModelMatrixText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ModelMatrix)
};

std::vector<MatrixCell> standInCells(const ModelOfMatrix& model)
{
    SourceView view{QLatin1String(StandIn::source),
                    ModelMatrixText::tr("Grad-CAM"),
                    shownUnit(model.maps.front()),
                    model.explanation.classIndex,
                    model.maps,
                    {}};
    Explanation whole = model.explanation; // it asks the model without a limit, and without changed attention
    whole.limit.clear();
    whole.intervention.clear();
    const auto shown = std::make_shared<const Explanation>(
        withSource(std::move(whole), std::make_shared<const SourceView>(std::move(view))));
    std::vector<MatrixCell> cells;
    for (TileMap& tile : sourceTiles(*shown))
        cells.push_back({shown, std::move(tile), {}});
    return cells;
}

/// The model's own, the best first; the mean of heads is no map of its own, and room for more of them is none.
std::vector<MatrixCell> rankedCells(const Explanation& explanation)
{
    std::vector<MatrixCell> cells = headRow(explanation, {}).cells;
    const std::vector<int> ranking = explanation.decoding->rankHeads(explanation.layer, explanation.classIndex);
    const bool hasMaps = std::ranges::any_of(cells, [](const MatrixCell& cell) { return cell.tile.has_value(); });
    std::erase_if(cells, [hasMaps](const MatrixCell& cell) { return hasMaps && !cell.tile; });
    const auto rankOf = [&ranking](const MatrixCell& cell) {
        return cell.tile ? std::ranges::find(ranking, cell.tile->head) - ranking.begin() : 0;
    };
    std::erase_if(cells,
                  [&](const MatrixCell& cell) { return cell.tile && std::cmp_equal(rankOf(cell), ranking.size()); });
    std::ranges::stable_sort(cells, {}, rankOf);
    return cells;
}

std::vector<MatrixCell> cellsOf(const ModelOfMatrix& model)
{
    const auto empty = [&model](const QString& words) {
        return std::vector<MatrixCell>{{std::make_shared<const Explanation>(model.explanation), {}, words}};
    };
    if (!model.hasClass)
        return empty(ModelMatrixText::tr("This model has no such class"));
    if (!model.words.isEmpty())
        return empty(model.words);
    if (!model.maps.empty())
        return standInCells(model);
    return model.explanation.decoding->hasClass(model.explanation.classIndex) ? rankedCells(model.explanation)
                                                                              : empty(ModelMatrixText::tr("No map"));
}

} // namespace

QStringList modelTitles(const std::vector<std::filesystem::path>& checkpoints)
{
    const auto nameOf = [](const std::filesystem::path& path) { return QFile::decodeName(path.c_str()); };
    QStringList names;
    for (const std::filesystem::path& checkpoint : checkpoints)
        names += nameOf(checkpoint.filename());
    QStringList titles;
    for (std::size_t i = 0; i < checkpoints.size(); ++i) {
        const QString& own = names[static_cast<qsizetype>(i)];
        const QString folder = nameOf(checkpoints[i].parent_path().filename());
        titles += names.count(own) > 1 && !folder.isEmpty() ? folder + '/' + own : own;
    }
    return titles;
}

MatrixRow modelRow(const ModelOfMatrix& model, int most)
{
    const Explanation& explanation = model.explanation;
    MatrixRow row;
    row.title = model.title;
    row.details = model.details;
    if (model.hasClass)
        row.details += ModelMatrixText::tr("%1: %2").arg(explanation.className, FigureText::prediction(explanation));
    const bool isOther = !model.hasClass || model.predicted != explanation.classIndex;
    row.flagged = model.isTrue && isOther;
    if (isOther && explanation.decoding->hasLogits())
        row.details += ModelMatrixText::tr("takes it for %1").arg(model.predictedName);
    row.answer = RowAnswer{model.trueName, {}, {}, model.hasClass};
    if (explanation.decoding->hasLogits()) {
        row.answer->predicted = model.predictedName;
        row.answer->probability = model.probability;
    }
    row.cells = cellsOf(model);
    if (most > 0)
        row.cells.resize(std::min(row.cells.size(), static_cast<std::size_t>(most)));
    return row;
}

MatrixRow rowWithoutAnswer(const QString& title, const QString& trueName, const QString& why)
{
    MatrixRow row;
    row.title = title;
    row.details += why;
    row.answer = RowAnswer{trueName, {}, {}, true};
    return row;
}

MapMatrix modelMatrix(const QString& title, std::vector<MatrixRow> rows)
{
    MapMatrix matrix;
    matrix.scalePerRow = true;
    matrix.title = title;
    matrix.notes += ModelMatrixText::tr("Each model has a scale of its own, over its row: what maps of different kinds "
                                        "measure cannot be compared.");
    matrix.rows = std::move(rows);
    std::size_t columns = 0;
    for (const MatrixRow& row : matrix.rows)
        columns = std::max(columns, row.cells.size());
    for (std::size_t column = 0; column < columns; ++column)
        matrix.columns += ModelMatrixText::tr("Map %1").arg(column + 1);
    for (MatrixRow& row : matrix.rows)
        row.cells.resize(columns);
    shareScales(matrix);
    return matrix;
}

} // namespace ocellus
