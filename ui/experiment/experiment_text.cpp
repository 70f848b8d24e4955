// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/experiment_text.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

#include "ui/figures/control_text.h"
#include "ui/figures/edit_comparison.h"

namespace ocellus {

namespace {

constexpr double percent = 100;

class Words {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ExperimentText)

public:
    static QString pictures(int count) { return count == 1 ? tr("1 picture") : tr("%1 pictures").arg(count); }
    static QString flips(const ExperimentSummary& summary);
    static QString logits(const MeasuredChange& logit, const ExperimentSummary& summary);
    static QStringList leftOut(const ExperimentSummary& summary);
    static QString nothing() { return tr("No picture was edited."); }
};

QString Words::flips(const ExperimentSummary& summary)
{
    return tr("%1 of %2 flip: %3 % (95 % interval: %4 to %5 %).")
        .arg(summary.flips)
        .arg(pictures(summary.edited))
        .arg(percent * summary.flips / summary.edited, 0, 'f', 1)
        .arg(percent * summary.flipInterval.low, 0, 'f', 1)
        .arg(percent * summary.flipInterval.high, 0, 'f', 1);
}

QString Words::logits(const MeasuredChange& logit, const ExperimentSummary& summary)
{
    QString text = tr("Mean change of the logit of the class predicted before: %1.").arg(meanText(logit.edit));
    if (summary.withControls > 0)
        text +=
            ' ' + tr("Controls: %1; edit less controls: %2.").arg(meanText(logit.controls), meanText(logit.difference));
    // Not every picture has room for them, so the difference is not that of the two means.
    if (logit.difference.n > 0 && logit.difference.n < logit.edit.n)
        text += ' ' + tr("The last two are of the %1 of %2 that had room for controls.")
                          .arg(logit.difference.n)
                          .arg(pictures(static_cast<int>(logit.edit.n)));
    if (summary.canBeUnusual > 0)
        text += ' ' + tr("p ≤ 0.05 in %1 of %2.").arg(summary.unusual).arg(pictures(summary.canBeUnusual));
    else if (summary.mostControls > 0)
        text += ' ' + tr("No finding by p: %1").arg(fewControlsText(summary.mostControls));
    return text;
}

QStringList Words::leftOut(const ExperimentSummary& summary)
{
    QStringList lines;
    for (const auto& [reason, count] : summary.skipped)
        lines += tr("%1 skipped: %2.").arg(pictures(count), QString::fromStdString(reason));
    if (summary.failed > 0)
        lines += tr("%1 failed: the table says why.").arg(pictures(summary.failed));
    return lines;
}

} // namespace

QString meanText(const BootstrapMean& mean)
{
    if (mean.n == 0)
        return QStringLiteral("–");
    return QCoreApplication::translate("ocellus::ExperimentText", "%1 (95 % interval: %2 to %3)")
        .arg(changeText(mean.mean), changeText(mean.low), changeText(mean.high));
}

QString experimentText(const ExperimentSummary& summary)
{
    QStringList lines;
    if (summary.edited == 0)
        lines += Words::nothing();
    else
        lines += Words::flips(summary);
    const auto logit = std::ranges::find(summary.changes, "logit", &MeasuredChange::name);
    if (summary.edited > 0 && logit != summary.changes.end())
        lines += Words::logits(*logit, summary);
    return (lines + Words::leftOut(summary)).join('\n');
}

QString durationText(double secondsAPicture, int pictures, int controls)
{
    // A picture is asked about before and after its edit, and once more for each control.
    constexpr double passes = 2;
    constexpr double minute = 60, hour = 3600;
    const double seconds = secondsAPicture * pictures * (passes + controls) / passes;
    const QString of = Words::pictures(pictures);
    if (seconds < minute)
        return Words::tr("Less than a minute for %1.").arg(of);
    if (seconds < 2 * hour)
        return Words::tr("About %n minute(s) for %1.", nullptr, std::max(1, qRound(seconds / minute))).arg(of);
    return Words::tr("About %n hour(s) for %1.", nullptr, qRound(seconds / hour)).arg(of);
}

} // namespace ocellus
