// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/faithfulness_figure.h"

#include <algorithm>
#include <array>
#include <optional>

#include <QCoreApplication>

#include "core/base/error.h"
#include "ui/figures/figure_page.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

constexpr double pageWidth = 510;
constexpr double labelWidth = 120;
constexpr double gap = 16;
constexpr double rowHeight = 15;
constexpr double headHeight = 30;
constexpr double axisHeight = 16;
constexpr double keyHeight = 30;
constexpr double dot = 2.6;
const QColor sourceColour(0x1f, 0x5a, 0x96);
const QColor reverseColour(0x70, 0x70, 0x70);
const QColor randomColour(0x9a, 0x9a, 0x9a);
const QColor centreColour(0xb3, 0x5c, 0x00);
const QColor gridColour(0xe4, 0xe4, 0xe4);

/// The words of this figure.
class FaithfulnessText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::FaithfulnessFigure)
};

using Area = BootstrapMean FaithfulnessSummary::*;

std::optional<FaithfulnessSummary> summaryOf(const std::vector<FaithfulnessSummary>& all, const std::string& order)
{
    const auto found = std::ranges::find(all, order, &FaithfulnessSummary::order);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

/// One of the two plots: areas from 0 to 1 across, a row a source.
class AreaPlot {
public:
    AreaPlot(QPainter& painter, const QRectF& frame, const std::vector<FaithfulnessSummary>& all, Area area)
        : m_painter(painter),
          m_frame(frame),
          m_all(all),
          m_area(area)
    {
    }

    void drawGround(const QString& title)
    {
        FigurePage::text(m_painter, {m_frame.left(), m_frame.top() - headHeight, m_frame.width(), headHeight}, bold(),
                         title);
        for (const double value : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            m_painter.setPen(QPen(gridColour, 0.5));
            m_painter.drawLine(QPointF(xOf(value), m_frame.top()), QPointF(xOf(value), m_frame.bottom()));
            FigurePage::text(m_painter, {xOf(value) - 15, m_frame.bottom(), 30, axisHeight}, small(),
                             generalText(value, 2), Qt::AlignHCenter);
        }
        if (const auto random = summaryOf(m_all, FaithfulnessTable::randomOrder)) {
            const BootstrapMean& mean = (*random).*m_area;
            QColor band = randomColour;
            band.setAlphaF(0.35F);
            m_painter.fillRect(QRectF(QPointF(xOf(mean.low), m_frame.top()), QPointF(xOf(mean.high), m_frame.bottom())),
                               band);
            drawLine(mean.mean, QPen(randomColour, 1));
        }
        if (const auto centre = summaryOf(m_all, FaithfulnessTable::lastOrder))
            drawLine(((*centre).*m_area).mean, QPen(centreColour, 1, Qt::DashLine));
    }

    void draw(const FaithfulnessSummary& source, int row)
    {
        const double y = m_frame.top() + (row + 0.5) * rowHeight;
        if (const auto reversed = summaryOf(m_all, "reversed " + source.order))
            drawMean((*reversed).*m_area, y, reverseColour, Qt::white);
        drawMean(source.*m_area, y, sourceColour, sourceColour);
    }

private:
    static QFont small() { return FigurePage::font(FigurePage::smallSize); }
    static QFont bold() { return FigurePage::font(FigurePage::textSize, true); }
    double xOf(double area) const { return m_frame.left() + std::clamp(area, 0.0, 1.0) * m_frame.width(); }

    void drawLine(double area, const QPen& pen)
    {
        m_painter.setPen(pen);
        m_painter.drawLine(QPointF(xOf(area), m_frame.top()), QPointF(xOf(area), m_frame.bottom()));
    }

    void drawMean(const BootstrapMean& mean, double y, const QColor& colour, const QColor& fill)
    {
        m_painter.setPen(QPen(colour, 1));
        m_painter.drawLine(QPointF(xOf(mean.low), y), QPointF(xOf(mean.high), y));
        m_painter.setBrush(fill);
        m_painter.drawEllipse(QPointF(xOf(mean.mean), y), dot, dot);
        m_painter.setBrush(Qt::NoBrush);
    }

    QPainter& m_painter;
    QRectF m_frame;
    const std::vector<FaithfulnessSummary>& m_all;
    Area m_area;
};

/// What dots and lines are, below both plots.
void drawKey(QPainter& painter, const QRectF& room)
{
    const std::array entries{
        std::pair(sourceColour, FaithfulnessText::tr("map, with its interval")),
        std::pair(reverseColour, FaithfulnessText::tr("the same map in reverse")),
        std::pair(randomColour, FaithfulnessText::tr("random orders")),
        std::pair(centreColour, FaithfulnessText::tr("the middle first")),
    };
    const double width = room.width() / static_cast<double>(entries.size());
    double left = room.left();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto& [colour, words] = entries[i];
        const QPointF mark(left + 6, room.center().y());
        painter.setPen(QPen(colour, 1, i == 3 ? Qt::DashLine : Qt::SolidLine));
        if (i < 2) {
            painter.setBrush(i == 0 ? QBrush(colour) : QBrush(Qt::white));
            painter.drawEllipse(mark, dot, dot);
            painter.setBrush(Qt::NoBrush);
        } else {
            painter.drawLine(mark - QPointF(0, 6), mark + QPointF(0, 6));
        }
        FigurePage::text(painter, {left + 14, room.top(), width - 16, room.height()},
                         FigurePage::font(FigurePage::smallSize), words);
        left += width;
    }
}

} // namespace

Figure faithfulnessFigure(const std::vector<FaithfulnessSummary>& summaries)
{
    std::vector<FaithfulnessSummary> sources;
    std::ranges::remove_copy_if(summaries, std::back_inserter(sources), &FaithfulnessSummary::isNull);
    if (sources.empty())
        throw Error(ErrorCode::BadArgument, "figure", "expected the areas of at least one source");
    Figure figure;
    figure.title = FaithfulnessText::tr("Insertion and deletion");
    const double rows = rowHeight * static_cast<double>(sources.size());
    figure.size = {pageWidth, headHeight + rows + axisHeight + keyHeight + 2 * FigurePage::margin};
    figure.paint = [all = summaries, sources, rows](QPainter& painter, double) {
        painter.setRenderHint(QPainter::Antialiasing);
        const double plotWidth = (pageWidth - 2 * FigurePage::margin - labelWidth - 2 * gap) / 2;
        const double top = FigurePage::margin + headHeight;
        const double left = FigurePage::margin + labelWidth + gap;
        AreaPlot insertion(painter, {left, top, plotWidth, rows}, all, &FaithfulnessSummary::insertion);
        AreaPlot deletion(painter, {left + plotWidth + gap, top, plotWidth, rows}, all, &FaithfulnessSummary::deletion);
        insertion.drawGround(FaithfulnessText::tr("Insertion: higher is better"));
        deletion.drawGround(FaithfulnessText::tr("Deletion: lower is better"));
        int row = 0;
        for (const FaithfulnessSummary& source : sources) {
            FigurePage::text(painter, {FigurePage::margin, top + row * rowHeight, labelWidth, rowHeight},
                             FigurePage::font(FigurePage::textSize), QString::fromStdString(source.order));
            insertion.draw(source, row);
            deletion.draw(source, row);
            ++row;
        }
        drawKey(painter, {FigurePage::margin, top + rows + axisHeight, pageWidth - 2 * FigurePage::margin, keyHeight});
    };
    return figure;
}

} // namespace ocellus
