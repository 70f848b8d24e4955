// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/run_advice.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>

#include "core/analysis/intervals.h"
#include "ui/figures/number_text.h"
#include "ui/training/training_run.h"

namespace ocellus {

namespace {

constexpr std::size_t few = 3;     ///< epochs that tell nothing of a trend yet
constexpr double byHeartGap = 20;  ///< points between training and validation
constexpr double risenLoss = 1.3;  ///< times its least
constexpr double divergedLoss = 3; ///< times the first
constexpr double leastShownLoss = 0.001;
constexpr double standstill = 1.5; ///< times chance, which no epoch has passed

class Advice {
    Q_DECLARE_TR_FUNCTIONS(ocellus::RunAdvice)
};

/// "Anas crecca, Anas acuta and 3 more".
QString namesOf(const NeverNamed& never)
{
    QStringList names;
    for (const std::string& name : never.first)
        names << QString::fromStdString(name);
    const QString list = names.join(QStringLiteral(", "));
    const int more = never.count - static_cast<int>(never.first.size());
    return more > 0 ? Advice::tr("%1 and %n more", nullptr, more).arg(list) : list;
}

double leastLoss(const std::vector<EpochReport>& epochs)
{
    return std::ranges::min_element(epochs, {}, &EpochReport::valLoss)->valLoss;
}

} // namespace

QString accuracyText(double percent, int pictures)
{
    const QString share = fixedText(percent, 1) + QStringLiteral(" %");
    if (pictures < 1)
        return share;
    const int right = std::clamp(static_cast<int>(std::lround(percent / 100 * pictures)), 0, pictures);
    const Interval interval = wilsonInterval(right, pictures);
    return Advice::tr("%1 (%2 to %3)").arg(share, fixedText(interval.low * 100, 1), fixedText(interval.high * 100, 1));
}

QString lossText(double loss)
{
    return loss < leastShownLoss ? Advice::tr("less than %1").arg(generalText(leastShownLoss, 1))
                                 : generalText(loss, 3);
}

QString bestText(const TrainingRun& run)
{
    const std::optional<EpochReport> best = run.bestEpoch();
    if (!best)
        return {};
    const QString words =
        run.state == TrainingRun::State::Done
            ? Advice::tr("Best: %1 of the validation pictures right, in epoch %2. The interval says how far chance "
                         "alone may have moved that.")
            : Advice::tr("Best so far: %1 of the validation pictures right, in epoch %2. The interval says how far "
                         "chance alone may have moved that.");
    return words.arg(accuracyText(best->accuracy1, run.record.val)).arg(best->epoch);
}

QStringList adviceOn(const TrainingRun& run)
{
    QStringList words;
    if (run.epochs.empty())
        return words;
    const EpochReport& last = run.epochs.back();
    const EpochReport best = *run.bestEpoch();
    if (!std::isfinite(last.trainLoss) || last.trainLoss > divergedLoss * run.epochs.front().trainLoss)
        words << Advice::tr("The loss diverges: it grows instead of falling. Stop, and begin again with a smaller "
                            "learning rate (--lr).");
    if (run.epochs.size() >= few && last.trainAccuracy - last.accuracy1 > byHeartGap)
        words << Advice::tr("It learns pictures by heart: %1 % right in training, %2 % in validation. More pictures "
                            "help most; fewer epochs and more augmentation help too.")
                     .arg(fixedText(last.trainAccuracy, 0), fixedText(last.accuracy1, 0));
    else if (run.epochs.size() >= few && last.valLoss > risenLoss * leastLoss(run.epochs))
        words << Advice::tr("It overfits: the loss on validation pictures has risen from its least. The best epoch is "
                            "kept.") +
                     (run.isAlive() ? QLatin1Char(' ') + Advice::tr("Going on costs time alone.") : QString());
    if (run.epochs.size() >= few && run.record.classes > 1 && best.accuracy1 < standstill * 100 / run.record.classes)
        words << Advice::tr("It learns nothing yet: no better than guessing among %n species. Look at the weights it "
                            "started from, and at the learning rate.",
                            nullptr, run.record.classes);
    else if (const NeverNamed& never = last.neverNamed; run.epochs.size() >= few && never.count > 0)
        words << Advice::tr("No validation picture was taken for %1. Look at the pictures of such species, and at what "
                            "they are taken for in Evaluation.")
                     .arg(namesOf(never));
    return words;
}

} // namespace ocellus
