// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QColor>
#include <QPainter>
#include <QRectF>
#include <QString>

namespace ocellus {

/// A number line with a dot for each control and a line where the edit is.
struct ControlPlot {
    /// By the palette on the screen, by the ink on paper.
    struct Colours {
        QColor ink, dots, edit;
    };

    double edit = 0;
    std::vector<double> controls;
    QString unit; ///< "change of the logit"

    /// In the painter's font. Dots that would cover each other are stacked.
    void paint(QPainter& painter, const QRectF& area, const Colours& colours) const;
};

} // namespace ocellus
