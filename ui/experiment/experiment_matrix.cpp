// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/experiment_matrix.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/experiment/experiment_table_model.h"
#include "ui/figures/contact_sheet.h"
#include "ui/figures/edit_comparison.h"

namespace ocellus {

namespace {

/// The words of this file.
struct PairText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ExperimentMatrix)
};

MatrixCell cellOf(const ExperimentFinding& finding, const QByteArray& jpeg, const ExperimentOrigin& origin,
                  bool isAfter)
{
    Explanation shown;
    shown.picture = QImage::fromData(jpeg).convertToFormat(QImage::Format_RGB32);
    shown.pictureName = QString::fromStdString(finding.row.picture);
    shown.modelName = origin.modelName;
    shown.modelHash = origin.modelHash;
    if (isAfter)
        shown.edits = origin.recipe;
    return {std::make_shared<const Explanation>(std::move(shown)), {}, {}};
}

MatrixRow rowOf(const ExperimentFinding& finding, const ExperimentTableModel& rows, const ExperimentOrigin& origin)
{
    const ExperimentRow& found = finding.row;
    MatrixRow row;
    row.title = QString::fromStdString(found.picture);
    row.flagged = found.flipped();
    row.details += PairText::tr("logit of %1 %2")
                       .arg(rows.className(found.predicted.classIndex), changeText(found.predicted.change().logit));
    if (found.flipped())
        row.details += PairText::tr("flipped");
    row.cells = {cellOf(finding, finding.before, origin, false), cellOf(finding, finding.after, origin, true)};
    row.cells[0].caption = answerText(rows.className(found.predicted.classIndex), found.predicted.before.probability);
    row.cells[1].caption = answerText(rows.className(found.predictedAfter), found.probabilityAfter);
    return row;
}

} // namespace

MapMatrix experimentMatrix(const ExperimentTableModel& rows, const ExperimentOrigin& origin)
{
    MapMatrix matrix;
    matrix.title = origin.recipe;
    matrix.columns = QStringList{PairText::tr("Before"), PairText::tr("After")};
    for (const bool flipped : {true, false})
        for (const ExperimentFinding& finding : rows.findings())
            if (finding.row.isDone() && !finding.before.isEmpty() && finding.row.flipped() == flipped &&
                matrix.rows.size() < mostExperimentPairs)
                matrix.rows.push_back(rowOf(finding, rows, origin));
    return matrix;
}

} // namespace ocellus
