// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <QStringList>

#include "core/analysis/evaluation.h"

namespace ocellus {

/// What a confusion matrix shows: the classes that are some picture's truth (rows) or prediction (columns).
struct ConfusionFigure {
    Evaluation evaluation;
    QStringList classNames; ///< by the model's class index
    QString title;
    QString madeBy; ///< small, below: the model and the data
};

/// The matrix on white, each row as shares of the true class's pictures, with a colour bar; numbers of pictures and
/// class names where there is room for them. Needs a QGuiApplication for its fonts. Throws Error: BadArgument (no
/// picture, or a class without a name), TooLarge.
QImage renderConfusion(const ConfusionFigure& figure, double dotsPerInch = 300);

} // namespace ocellus
