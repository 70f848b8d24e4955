// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include <QImage>
#include <QScrollArea>

#include "core/base/latest_wins_queue.h"
#include "ui/figures/plate.h"

class QLabel;

namespace ocellus {

/// What became of a figure for a paper that was drawn.
struct DrawnPlate {
    QImage image;    ///< null where there is a problem
    QString caption; ///< captionOf() it
    QString problem; ///< why there is nothing to be seen or written, or empty
    QSizeF size;     ///< of the figure, mm
    int columns = 0;
};

/// A figure for a paper as it will be, drawn on a thread of its own; the newest request wins. Until it is done the one
/// before stays to be seen.
class PlatePreview : public QScrollArea {
    Q_OBJECT

public:
    explicit PlatePreview(QWidget* parent = nullptr);

    /// Nothing or a matrix without rows: says `why`.
    void request(const std::optional<MapMatrix>& matrix, const PlateOptions& options, const QString& why);
    /// In true size, or 0: as large as fits.
    void setZoom(double zoom);
    /// What was asked for last is not drawn yet.
    bool isDrawing() const { return m_drawn != m_asked; }
    const DrawnPlate& plate() const { return m_plate; }

signals:
    void drawn();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void take(std::uint64_t number, const DrawnPlate& plate);
    void ask();
    void place();
    double dotsPerInch() const;

    QLabel* m_label;
    std::optional<MapMatrix> m_matrix;
    PlateOptions m_options;
    double m_zoom = 1;
    DrawnPlate m_plate;
    std::uint64_t m_asked = 0, m_drawn = 0;
    LatestWinsQueue m_queue; ///< last: it is gone before what its jobs use
};

} // namespace ocellus
