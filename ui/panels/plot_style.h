// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QSharedPointer>

class QCPAxisTicker;
class QCPBars;
class QCustomPlot;
class QPalette;
class QStackedLayout;
class QString;
class QWidget;

namespace ocellus {

/// Gives a plot the palette's colours and the application's font, light or dark.
void applyPalette(QCustomPlot& plot, const QPalette& palette);

/// Lays a page of text and the plot over each other in `owner`: the text is shown first.
QStackedLayout* stackWithText(QWidget* owner, const QString& text, QCustomPlot* plot);

/// Numbers of an axis with a minus, no hyphen, before those below 0.
QSharedPointer<QCPAxisTicker> numberTicker();

/// Bars filled in one colour, without a border.
void fillBars(QCPBars& bars, const QColor& colour);

/// A quiet colour between text and background, for bars that are not the chosen one.
QColor quietColour(const QPalette& palette);

} // namespace ocellus
