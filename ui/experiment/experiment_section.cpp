// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/experiment_section.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/experiment/experiment_table_model.h"
#include "ui/experiment/experiment_text.h"

namespace ocellus {

namespace {

/// The words of this file.
class SectionText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ExperimentSection)
};

constexpr std::size_t mostRows = 100;
constexpr std::size_t shownHashDigits = 12;

ReportTable tableOf(const ExperimentTableModel& model)
{
    ReportTable table;
    for (int column = 0; column < model.columnCount(); ++column)
        table.columns += model.headerData(column, Qt::Horizontal).toString();
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells += model.index(row, column).data().toString();
        table.rows.push_back(std::move(cells));
    }
    return table;
}

} // namespace

ReportSection sectionOf(const ExperimentReport& report, const std::vector<ExperimentRow>& rows)
{
    ReportSection section;
    section.title = SectionText::tr("Experiment: one edit to many pictures");
    section.verdict = experimentText(report.summary).section('\n', 0, 0);
    section.paragraphs = experimentText(report.summary).split('\n').mid(1);
    section.facts = {
        {SectionText::tr("Edit"), QString::fromStdString(describe(report.recipe))},
        {SectionText::tr("Model"),
         QStringLiteral("%1, %2").arg(QString::fromStdString(report.model.path.filename().string()),
                                      QString::fromStdString(report.model.sha256.substr(0, shownHashDigits)))},
        {SectionText::tr("Model's input"), QString::fromStdString(toString(report.preprocess))}};
    if (report.controls > 0)
        section.facts.emplace_back(SectionText::tr("Controls a picture"),
                                   report.onAnimal
                                       ? SectionText::tr("%1, on the animal (estimated)").arg(report.controls)
                                       : SectionText::tr("%1, anywhere").arg(report.controls));
    ExperimentTableModel model;
    model.clear(report.table);
    for (std::size_t i = 0; i < std::min(rows.size(), mostRows); ++i)
        model.add({{}, rows[i], 0, {}, {}, {}});
    ReportTable table = tableOf(model);
    table.caption = rows.size() > mostRows
                        ? SectionText::tr("The first %1 of %2 pictures").arg(mostRows).arg(rows.size())
                        : SectionText::tr("The pictures");
    section.tables.push_back(std::move(table));
    return section;
}

} // namespace ocellus
