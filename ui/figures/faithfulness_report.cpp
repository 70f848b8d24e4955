// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/faithfulness_report.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/figures/faithfulness_figure.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

constexpr int decimals = 3;

/// The words of this file.
class FaithfulnessReportText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::FaithfulnessReport)
};

using Text = FaithfulnessReportText;

/// "0.412 (0.398 to 0.425)"
QString meanText(const BootstrapMean& mean)
{
    return Text::tr("%1 (%2 to %3)")
        .arg(fixedText(mean.mean, decimals), fixedText(mean.low, decimals), fixedText(mean.high, decimals));
}

bool isNullOrder(const FaithfulnessResults& results, const std::string& order)
{
    const auto found = std::ranges::find(results.summaries, order, &FaithfulnessSummary::order);
    return found != results.summaries.end() && found->isNull;
}

/// Its interval lies on the good side of zero.
bool isBetter(const FaithfulnessDifference& difference)
{
    return difference.insertion.low > 0 && difference.deletion.high < 0;
}

/// Better, in both measures, than all orders that know nothing.
bool beatsNulls(const FaithfulnessResults& results, const std::string& source)
{
    return std::ranges::all_of(results.differences, [&](const FaithfulnessDifference& difference) {
        return difference.first != source || !isNullOrder(results, difference.second) || isBetter(difference);
    });
}

ReportTable areaTable(const FaithfulnessResults& results)
{
    ReportTable table{
        Text::tr("Areas under the curves, mean over the pictures with its 95 % bootstrap interval"),
        {Text::tr("Order"), Text::tr("Insertion (higher is better)"), Text::tr("Deletion (lower is better)")},
        {},
        {}};
    for (const FaithfulnessSummary& summary : results.summaries) {
        if (!summary.isNull)
            table.marked.push_back(static_cast<int>(table.rows.size()));
        table.rows.push_back(
            {QString::fromStdString(summary.order), meanText(summary.insertion), meanText(summary.deletion)});
    }
    return table;
}

ReportTable differenceTable(const FaithfulnessResults& results, bool toNulls)
{
    ReportTable table{toNulls ? Text::tr("Each source less orders that know nothing, in the same pictures")
                              : Text::tr("One source less another, in the same pictures"),
                      {Text::tr("Source"), Text::tr("Less"), Text::tr("Insertion"), Text::tr("Deletion")},
                      {},
                      {}};
    for (const FaithfulnessDifference& difference : results.differences) {
        if (isNullOrder(results, difference.second) != toNulls)
            continue;
        if (isBetter(difference))
            table.marked.push_back(static_cast<int>(table.rows.size()));
        table.rows.push_back({QString::fromStdString(difference.first), QString::fromStdString(difference.second),
                              meanText(difference.insertion), meanText(difference.deletion)});
    }
    return table;
}

QString verdict(const FaithfulnessResults& results)
{
    QStringList better, others;
    for (const FaithfulnessSummary& summary : results.summaries)
        if (!summary.isNull)
            (beatsNulls(results, summary.order) ? better : others) << QString::fromStdString(summary.order);
    if (better.isEmpty())
        return Text::tr("No source is better than random orders and than the middle first, in insertion and deletion.");
    const QString first =
        Text::tr("Better than random orders and than the middle first, in insertion and in deletion: %1.")
            .arg(better.join(QStringLiteral(", ")));
    return others.isEmpty() ? first
                            : first + QLatin1Char(' ') + Text::tr("Not so: %1.").arg(others.join(QStringLiteral(", ")));
}

} // namespace

Report faithfulnessReport(const FaithfulnessResults& results)
{
    Report report;
    report.title = Text::tr("Insertion and deletion");
    report.facts = results.facts;
    report.facts.insert(report.facts.begin(),
                        {Text::tr("Pictures"),
                         results.leftOut == 0 ? countText(results.pictures)
                                              : Text::tr("%1, and %2 left out that the model or the judge names "
                                                         "wrongly")
                                                    .arg(countText(results.pictures), countText(results.leftOut))});
    ReportSection section;
    section.title = Text::tr("Does the map point at what the judge needs?");
    section.verdict = verdict(results);
    section.paragraphs << Text::tr(
        "Insertion shows the judge the picture bit by bit, what the map ranks highest first; deletion takes it away in "
        "the same order (Petsiuk et al. 2018). An area is the mean probability, on the way, of the class that the "
        "judge "
        "gives the untouched picture. It depends on the judge, the step, the substrate and the size, and it means "
        "something beside the orders that know nothing alone. Intervals are over pictures: they say nothing of other "
        "trainings of the model.");
    section.figures.push_back(drawing(Text::tr("Means with their intervals"), faithfulnessFigure(results.summaries)));
    section.tables.push_back(areaTable(results));
    section.tables.push_back(differenceTable(results, true));
    if (ReportTable between = differenceTable(results, false); !between.rows.empty())
        section.tables.push_back(std::move(between));
    report.sections.push_back(std::move(section));
    return report;
}

} // namespace ocellus
