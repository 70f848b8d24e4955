// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QImage>
#include <QString>

#include "core/experiment/control_statistics.h"
#include "ui/figures/report_writer.h"

namespace ocellus {

/// What is compared between an edit and its controls.
enum class ControlMeasure { Logit, Probability, Margin };

/// The same change at another place, and what it did.
struct ControlOutcome {
    ClassStanding change;
    QImage thumbnail; ///< the picture with the place marked
};

/// An edit among its control edits, for one class.
struct ControlResult {
    QString className;
    int classIndex = -1;
    QString picture; ///< by its name in the list
    QString edit;    ///< in words
    QString others;  ///< the picture's other edits in words, which stay as they are: "no edits"
    QString limit;   ///< of the classes, in words; empty without one
    QString place;   ///< where controls were drawn: "anywhere"
    QString caption; ///< what made it: model
    int asked = 0;
    QString shortfall; ///< "5 of 20 control places", or empty
    ClassStanding before;
    ClassStanding change; ///< of the edit itself
    std::vector<ControlOutcome> controls;

    bool isEmpty() const { return controls.empty(); }
};

double valueOf(const ClassStanding& standing, ControlMeasure measure);
std::vector<double> controlValues(const ControlResult& result, ControlMeasure measure);

/// "logit", "probability", "margin".
QString measureName(ControlMeasure measure);

/// "The edit changes the logit of A by −2.31. 1 of 20 control edits changes it as much or more: p = (1 + 1) / (20 + 1)
/// = 0.095." Of so few that p could not be small, with fewControlsText().
QString controlSentence(const ControlResult& result, ControlMeasure measure);

/// The same with the name marked, for ui/figures/class_links.h.
QString markedControlSentence(const ControlResult& result, ControlMeasure measure);

/// "Wren/0001.jpg; other edits: no edits; limited to 3 of 200 classes": which state of which picture it is of.
QString controlSubject(const ControlResult& result);

/// Where the edit falls among the controls, with the sentence, as a figure. Throws Error(BadArgument) without controls.
Figure controlFigure(const ControlResult& result, ControlMeasure measure);

/// The same as a part of a report. Throws the same error.
ReportSection sectionOf(const ControlResult& result, ControlMeasure measure);

/// CSV with the edit in the first line and a line a control: kind, number, logit_change, probability_change,
/// margin_change; and on each line picture, class, edit_done, other_edits, limit, controls, least_p and made_by.
std::string csvOf(const ControlResult& result);

} // namespace ocellus
