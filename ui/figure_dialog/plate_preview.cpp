// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure_dialog/plate_preview.h"

#include <algorithm>
#include <cmath>
#include <exception>

#include <QLabel>
#include <QResizeEvent>
#include <QScreen>

#include "ui/engine/failure.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/plate_caption.h"
#include "ui/figures/plate_figure.h"

namespace ocellus {

namespace {

constexpr double millimetresPerInch = 25.4, millimetresPerPoint = millimetresPerInch / 72;
constexpr double mostPixels = 16e6; ///< of the preview: 64 MB

/// Of the figure in the preview, where this many of a screen would be too many.
double possibleDots(const QSizeF& millimetres, double wanted)
{
    const double inches = millimetres.width() * millimetres.height() / (millimetresPerInch * millimetresPerInch);
    const double longest = std::max(millimetres.width(), millimetres.height()) / millimetresPerInch;
    return std::min({wanted, std::sqrt(mostPixels / inches), 16'000 / longest});
}

DrawnPlate draw(const MapMatrix& matrix, const PlateOptions& options, double dots, const std::stop_token& stop)
{
    DrawnPlate drawn;
    try {
        const Plate plate = plateOf(matrix, options);
        if (plate.isEmpty()) {
            drawn.problem = PlatePreview::tr("Nothing is chosen.");
            return drawn;
        }
        const Figure figure = figureOf(plate, stop);
        drawn.size = millimetresPerPoint * figure.size;
        drawn.columns = columnsOf(plate);
        drawn.caption = captionOf(plate);
        drawn.image = renderFigure(figure, possibleDots(drawn.size, dots));
    } catch (...) {
        drawn.problem = summary(failureOf(Step::Export, std::current_exception()));
    }
    return drawn;
}

} // namespace

PlatePreview::PlatePreview(QWidget* parent) : QScrollArea(parent), m_label(new QLabel)
{
    m_label->setAlignment(Qt::AlignCenter);
    m_label->setWordWrap(true);
    m_label->setMargin(8);
    m_label->setAccessibleName(tr("Preview of the figure"));
    setAccessibleName(tr("Preview"));
    setWidget(m_label);
    setWidgetResizable(true);
    setBackgroundRole(QPalette::Mid);
}

void PlatePreview::request(const std::optional<MapMatrix>& matrix, const PlateOptions& options, const QString& why)
{
    m_matrix = matrix;
    m_options = options;
    if (m_matrix && !m_matrix->isEmpty())
        return ask();
    m_queue.cancelRequest();
    DrawnPlate nothing;
    nothing.problem = why;
    take(++m_asked, nothing);
}

void PlatePreview::setZoom(double zoom)
{
    m_zoom = zoom;
    if (m_matrix && !m_matrix->isEmpty())
        ask();
}

double PlatePreview::dotsPerInch() const
{
    constexpr double least = 50, most = 400; // some screens do not know their size
    const double physical = screen() ? screen()->physicalDotsPerInch() : 0;
    const double one = physical >= least && physical <= most ? physical : 96;
    return one * devicePixelRatioF() * (m_zoom > 0 ? m_zoom : 1);
}

void PlatePreview::ask()
{
    const std::uint64_t number = ++m_asked;
    m_queue.request(
        [this, number, matrix = *m_matrix, options = m_options, dots = dotsPerInch()](const std::stop_token& stop) {
            const DrawnPlate drawn = draw(matrix, options, dots, stop);
            if (stop.stop_requested())
                return false;
            QMetaObject::invokeMethod(
                this, [this, number, drawn] { take(number, drawn); }, Qt::QueuedConnection);
            return true;
        });
}

void PlatePreview::take(std::uint64_t number, const DrawnPlate& plate)
{
    if (number != m_asked)
        return;
    m_drawn = number;
    m_plate = plate;
    place();
    emit drawn();
}

void PlatePreview::place()
{
    if (m_plate.image.isNull()) {
        m_label->setText(m_plate.problem);
        return;
    }
    QImage image = m_plate.image;
    const double ratio = devicePixelRatioF();
    if (m_zoom <= 0) {
        const QSize room = ratio * (viewport()->size() - QSize(2 * m_label->margin(), 2 * m_label->margin()));
        if (image.width() > room.width() || image.height() > room.height())
            image = image.scaled(room.expandedTo({1, 1}), Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }
    image.setDevicePixelRatio(ratio);
    m_label->setPixmap(QPixmap::fromImage(image));
}

void PlatePreview::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    if (m_zoom <= 0 && !m_plate.image.isNull())
        place();
}

} // namespace ocellus
