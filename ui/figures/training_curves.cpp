// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/training_curves.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QImage>
#include <QPainter>

#include "ui/figures/number_text.h"
#include "ui/figures/png_writer.h"

namespace ocellus {
namespace {

constexpr int width = 1400;
constexpr int height = 560;
constexpr double dotsPerMetre = 150 / 0.0254;
const QColor trainColour(0x1f, 0x77, 0xb4);
const QColor valColour(0xd6, 0x5f, 0x0e);

/// The context of the texts for translators.
class CurveText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::CurveText)
};

struct Curve {
    QString name;
    QColor colour;
    double EpochReport::*value;
};

/// 1, 2 or 5 times a power of ten, so that about five of them reach `highest`.
double roundTick(double highest)
{
    const double power = std::pow(10, std::floor(std::log10(highest / 5)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (5 * factor * power >= highest)
            return factor * power;
    return 10 * power;
}

/// One plot: a frame, ticks, curves over the epochs.
class Plot {
public:
    Plot(QPainter& painter, const QRectF& frame, const std::vector<EpochReport>& reports, double highest)
        : m_painter(painter),
          m_frame(frame),
          m_reports(reports),
          m_tick(roundTick(highest)),
          m_ticks(static_cast<int>(std::ceil(highest / m_tick - 1e-9))),
          m_highest(m_tick * m_ticks)
    {
    }

    void drawAxes(const QString& title, const QString& unit)
    {
        m_painter.setPen(Qt::black);
        m_painter.drawText(QRectF(m_frame.left(), 0, m_frame.width(), m_frame.top() - 8), Qt::AlignBottom, title);
        for (int i = 0; i <= m_ticks; ++i) {
            const double value = m_tick * i;
            const double y = yOf(value);
            m_painter.setPen(QColor(0xdd, 0xdd, 0xdd));
            m_painter.drawLine(QPointF(m_frame.left(), y), QPointF(m_frame.right(), y));
            m_painter.setPen(Qt::black);
            m_painter.drawText(QRectF(m_frame.left() - 80, y - 12, 72, 24), Qt::AlignRight | Qt::AlignVCenter,
                               generalText(value, 3) + unit);
        }
        m_painter.drawRect(m_frame);
        const int last = m_reports.back().epoch;
        const int step = std::max(1, static_cast<int>(std::ceil(last / 8.0)));
        for (int epoch = step; epoch <= last; epoch += step)
            m_painter.drawText(QRectF(xOf(epoch) - 40, m_frame.bottom() + 6, 80, 22), Qt::AlignHCenter,
                               QString::number(epoch));
        m_painter.drawText(QRectF(m_frame.left(), m_frame.bottom() + 30, m_frame.width(), 24), Qt::AlignHCenter,
                           CurveText::tr("epoch"));
    }

    void draw(const Curve& curve, int row)
    {
        QPolygonF line;
        for (const EpochReport& report : m_reports)
            line << QPointF(xOf(report.epoch), yOf(report.*curve.value));
        m_painter.setPen(QPen(curve.colour, 2.5));
        m_painter.drawPolyline(line);
        m_painter.setBrush(curve.colour);
        if (line.size() <= 40)
            for (const QPointF& point : line)
                m_painter.drawEllipse(point, 3, 3);
        m_painter.setBrush(Qt::NoBrush);
        const QRectF label(m_frame.left() + 12, m_frame.top() - 30, m_frame.width() - 24, 24);
        m_painter.drawText(label.translated(-170.0 * row, 0), Qt::AlignRight, curve.name);
    }

private:
    double xOf(int epoch) const
    {
        const int last = std::max(2, m_reports.back().epoch);
        return m_frame.left() + m_frame.width() * (epoch - 0.5) / last;
    }
    double yOf(double value) const
    {
        const double share = std::isfinite(value) ? std::clamp(value / m_highest, 0.0, 1.0) : 1;
        return m_frame.bottom() - m_frame.height() * share;
    }

    QPainter& m_painter;
    QRectF m_frame;
    const std::vector<EpochReport>& m_reports;
    double m_tick;
    int m_ticks;
    double m_highest;
};

double highestLoss(const std::vector<EpochReport>& reports)
{
    double highest = 0.1;
    for (const EpochReport& report : reports)
        for (const double loss : {report.trainLoss, report.valLoss})
            if (std::isfinite(loss))
                highest = std::max(highest, loss);
    return highest;
}

} // namespace

void writeTrainingCurves(const std::filesystem::path& path, const std::vector<EpochReport>& reports)
{
    if (reports.empty())
        return;
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::white);
    image.setDotsPerMeterX(static_cast<int>(dotsPerMetre));
    image.setDotsPerMeterY(static_cast<int>(dotsPerMetre));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = painter.font();
    font.setPixelSize(18);
    painter.setFont(font);
    Plot loss(painter, QRectF(100, 70, 560, 400), reports, highestLoss(reports));
    loss.drawAxes(CurveText::tr("Loss"), {});
    loss.draw({CurveText::tr("training"), trainColour, &EpochReport::trainLoss}, 1);
    loss.draw({CurveText::tr("validation"), valColour, &EpochReport::valLoss}, 0);
    Plot accuracy(painter, QRectF(800, 70, 560, 400), reports, 100);
    accuracy.drawAxes(CurveText::tr("Accuracy"), QStringLiteral(" %"));
    accuracy.draw({CurveText::tr("training acc@1"), trainColour, &EpochReport::trainAccuracy}, 1);
    accuracy.draw({CurveText::tr("validation acc@1"), valColour, &EpochReport::accuracy1}, 0);
    painter.end();
    writePng(path, image);
}

} // namespace ocellus
