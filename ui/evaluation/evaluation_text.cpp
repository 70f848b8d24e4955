// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/evaluation_text.h"

#include <algorithm>

#include <QCoreApplication>

#include "core/analysis/intervals.h"
#include "ui/engine/model_name.h"
#include "ui/engine/paths.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

/// What translators see these texts under.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(EvaluationText)
};

constexpr double percent = 100;

QString share(double value)
{
    return fixedText(percent * value, 1);
}

} // namespace

QString partText(std::optional<PictureSplit> part)
{
    if (!part)
        return Text::tr("all pictures");
    switch (*part) {
    case PictureSplit::Train: return Text::tr("training");
    case PictureSplit::Val: return Text::tr("validation");
    case PictureSplit::Test: return Text::tr("test");
    case PictureSplit::Unset: break;
    }
    return Text::tr("in no part");
}

QString headlineOf(const EvaluationFindings& findings)
{
    const Evaluation& evaluation = findings.report.evaluation;
    const MacroAverage& macro = findings.report.trust.macro;
    const Interval interval = wilsonInterval(evaluation.correct(), evaluation.n());
    QString text = Text::tr("%1 % of %2 pictures are named rightly (95 % interval: %3 to %4 %). Each of the %5 classes "
                            "counted alike: %6 % (%7 to %8 %). Among the first %10: %9 %.")
                       .arg(fixedText(evaluation.accuracy(), 1), countText(evaluation.n()), share(interval.low),
                            share(interval.high))
                       .arg(macro.classes)
                       .arg(share(macro.accuracy), share(macro.interval.low), share(macro.interval.high),
                            fixedText(evaluation.topFiveAccuracy(), 1))
                       .arg(std::min(5, findings.report.table().count()));
    if (findings.lacksPictures())
        text = Text::tr("Stopped: of %1 pictures these are the first, drawn from all classes.")
                   .arg(countText(static_cast<long long>(findings.planned))) +
               QLatin1Char(' ') + text;
    else if (findings.isPartial())
        text = Text::tr("Stopped before the model was asked about all unusual pictures.") + QLatin1Char(' ') + text;
    return text;
}

QString subjectOf(const EvaluationFindings& findings)
{
    constexpr std::size_t mostNotes = 2;
    const EvaluationReport& report = findings.report;
    QStringList parts{withItsFolder(report.model.path)};
    const QString source = toQString(report.data.filename());
    parts += findings.data.set ? Text::tr("%1, %2").arg(source.isEmpty() ? Text::tr("data set without a file") : source,
                                                        partText(findings.data.part))
                               : source;
    parts += Text::tr("input %1").arg(QString::fromStdString(toString(report.preprocess)));
    if (!report.leftOut.empty())
        parts += Text::tr("%n picture(s) could not be read", nullptr, static_cast<int>(report.leftOut.size()));
    if (const std::size_t without = report.classesWithoutPictures().size(); without > 0)
        parts += Text::tr("%n class(es) without pictures", nullptr, static_cast<int>(without));
    for (std::size_t i = 0; i < std::min(mostNotes, report.notes.size()); ++i)
        parts += QString::fromStdString(report.notes[i]);
    return parts.join(QStringLiteral(" · "));
}

} // namespace ocellus
