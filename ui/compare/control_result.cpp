// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/control_result.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>

#include "core/base/error.h"
#include "core/io/csv.h"
#include "ui/compare/control_plot.h"
#include "ui/figures/class_links.h"
#include "ui/figures/control_text.h"
#include "ui/figures/edit_comparison.h"
#include "ui/figures/figure_page.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

/// The words of this file.
class ControlText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ControlText)
};

constexpr double figureWidth = 340; // 120 mm
constexpr double plotHeight = 110;

/// Fills the page, or measures where it has no painter.
void layOut(FigurePage& page, const ControlResult& result, ControlMeasure measure)
{
    page.heading(ControlText::tr("Is it the mark, or any change?"));
    page.line(result.edit);
    page.line(controlSubject(result));
    page.line(ControlText::tr("Controls: the same change %1").arg(result.place));
    page.banner(result.shortfall);
    const QRectF area = page.take(plotHeight);
    if (QPainter* painter = page.painter()) {
        painter->setFont(FigurePage::font(FigurePage::textSize));
        ControlPlot{valueOf(result.change, measure), controlValues(result, measure),
                    ControlText::tr("change of the %1").arg(measureName(measure))}
            .paint(*painter, area, {inkColour(), QColor(0x80, 0x80, 0x80), QColor(0xc0, 0x30, 0x20)});
    }
    page.small(controlSentence(result, measure));
    page.small(result.caption);
}

} // namespace

double valueOf(const ClassStanding& standing, ControlMeasure measure)
{
    switch (measure) {
    case ControlMeasure::Logit: return standing.logit;
    case ControlMeasure::Probability: return standing.probability;
    default: return standing.margin;
    }
}

std::vector<double> controlValues(const ControlResult& result, ControlMeasure measure)
{
    std::vector<double> values;
    for (const ControlOutcome& control : result.controls)
        values.push_back(valueOf(control.change, measure));
    return values;
}

QString measureName(ControlMeasure measure)
{
    switch (measure) {
    case ControlMeasure::Logit: return ControlText::tr("logit");
    case ControlMeasure::Probability: return ControlText::tr("probability");
    default: return ControlText::tr("margin over the next class");
    }
}

QString controlSentence(const ControlResult& result, ControlMeasure measure)
{
    return withoutMarks(markedControlSentence(result, measure));
}

QString markedControlSentence(const ControlResult& result, ControlMeasure measure)
{
    const double edit = valueOf(result.change, measure);
    const std::vector<double> controls = controlValues(result, measure);
    const auto asMuch =
        std::ranges::count_if(controls, [edit](double control) { return std::abs(control) >= std::abs(edit); });
    const QString effect =
        ControlText::tr("The edit changes the %1 of %2 by %3.")
            .arg(measureName(measure), markedClass(result.classIndex, result.className), changeText(edit, 3));
    const QString among =
        ControlText::tr("%1 of %2 control edits change it as much or more: p = (1 + %1) / (%2 + 1) = %3.")
            .arg(asMuch)
            .arg(controls.size())
            .arg(fixedText(empiricalP(edit, controls), 3));
    const QString few = fewControlsText(controls.size());
    return effect + ' ' + among + (few.isEmpty() ? QString() : ' ' + few);
}

QString controlSubject(const ControlResult& result)
{
    QStringList parts{result.picture, ControlText::tr("other edits: %1").arg(result.others)};
    if (!result.limit.isEmpty())
        parts += result.limit;
    return parts.join(QStringLiteral("; "));
}

Figure controlFigure(const ControlResult& result, ControlMeasure measure)
{
    if (result.isEmpty())
        throw Error(ErrorCode::BadArgument, "figure", "expected control edits, got none");
    FigurePage measured(figureWidth, nullptr);
    layOut(measured, result, measure);
    return {ControlText::tr("Control edits"),
            {figureWidth, measured.bottom()},
            [result, measure](QPainter& painter, double) {
                FigurePage page(figureWidth, &painter);
                layOut(page, result, measure);
            }};
}

ReportSection sectionOf(const ControlResult& result, ControlMeasure measure)
{
    ReportSection section;
    section.title = ControlText::tr("Controls: %1").arg(result.picture);
    section.paragraphs += controlSentence(result, measure);
    if (!result.shortfall.isEmpty())
        section.paragraphs += result.shortfall;
    section.facts = {{ControlText::tr("Edit"), result.edit},
                     {ControlText::tr("Picture"), controlSubject(result)},
                     {ControlText::tr("Controls"), ControlText::tr("the same change %1").arg(result.place)}};
    section.figures.push_back(drawing(result.caption, controlFigure(result, measure)));
    return section;
}

std::string csvOf(const ControlResult& result)
{
    const std::vector<CsvColumn> belongsTo{{"picture", result.picture.toStdString()},
                                           {"class", result.className.toStdString()},
                                           {"edit_done", result.edit.toStdString()},
                                           {"other_edits", result.others.toStdString()},
                                           {"limit", result.limit.toStdString()},
                                           {"controls", result.place.toStdString()},
                                           {"least_p", fixedText(leastP(result.controls.size()), 6).toStdString()},
                                           {"made_by", result.caption.toStdString()}};
    std::string table = csvHeader("kind,number,logit_change,probability_change,margin_change", belongsTo);
    const auto add = [&](const char* kind, std::size_t number, const ClassStanding& change) {
        CsvLine line;
        line.text(kind).number(number).number(change.logit).number(change.probability).number(change.margin);
        table += line.values(belongsTo).str();
    };
    add("edit", 0, result.change);
    for (std::size_t i = 0; i < result.controls.size(); ++i)
        add("control", i + 1, result.controls[i].change);
    return table;
}

} // namespace ocellus
