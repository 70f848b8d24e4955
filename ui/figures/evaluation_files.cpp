// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/evaluation_files.h"

#include "core/evaluation/evaluation_report.h"
#include "ui/figures/confusion_figure.h"
#include "ui/figures/png_writer.h"

namespace ocellus {

namespace {

ConfusionFigure confusionFigure(const EvaluationReport& report)
{
    constexpr std::size_t shownHashDigits = 12;
    ConfusionFigure figure;
    figure.evaluation = report.evaluation;
    for (const ClassTable::Entry& entry : report.table().entries)
        figure.classNames << QString::fromStdString(displayName(entry.name));
    figure.title = QStringLiteral("%1 pictures, acc@1 %2 %")
                       .arg(report.evaluation.n())
                       .arg(report.evaluation.accuracy(), 0, 'f', 1);
    figure.madeBy = QStringLiteral("%1, SHA-256 %2 · %3 · Ocellus " OCELLUS_VERSION)
                        .arg(QString::fromStdString(report.model.path.filename().string()),
                             QString::fromStdString(report.model.sha256.substr(0, shownHashDigits)),
                             QString::fromStdString(report.data.string()));
    return figure;
}

} // namespace

void writeEvaluationFiles(const std::filesystem::path& folder, const EvaluationReport& report)
{
    writePng(folder / "confusion.png", renderConfusion(confusionFigure(report)));
    writeEvaluation(folder, report);
}

} // namespace ocellus
