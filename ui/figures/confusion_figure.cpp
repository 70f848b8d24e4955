// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/confusion_figure.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include "core/analysis/colour_map.h"
#include "core/base/error.h"
#include "ui/figures/figure_page.h"
#include "ui/figures/number_text.h"
#include "ui/figures/png_writer.h"

namespace ocellus {

namespace {

constexpr double pointsPerInch = 72;
constexpr double gap = 6;
constexpr double line = 11; ///< height of a line of text, in points

QColor colourOf(double share)
{
    const auto& table = colours(ColourMap::Viridis);
    const Rgb& colour = table[static_cast<std::size_t>(std::lround(255 * std::clamp(share, 0.0, 1.0)))];
    return {colour.red, colour.green, colour.blue};
}

/// White on the dark end of the colours, ink on the light one.
QColor inkOn(const QColor& ground)
{
    return qGray(ground.rgb()) < 128 ? QColor(Qt::white) : inkColour();
}

/// Lays a confusion matrix out in points and paints it.
class Matrix {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ConfusionFigure)

public:
    explicit Matrix(const ConfusionFigure& figure);

    QSizeF size() const { return {m_matrix.right() + 2 * gap, m_matrix.bottom() + m_names + 8 * line}; }
    void paint(QPainter& painter) const;

private:
    double cellSide() const;
    QString nameOf(int classIndex) const { return m_figure.classNames.at(classIndex); }
    QRectF cell(int row, int column) const;
    void paintCells(QPainter& painter) const;
    void paintNumber(QPainter& painter, const QRectF& cell, int pictures, const QColor& ground) const;
    void paintNames(QPainter& painter) const;
    void paintAxes(QPainter& painter) const;
    void paintBar(QPainter& painter, const QRectF& area) const;

    const ConfusionFigure& m_figure;
    std::vector<int> m_classes;
    std::map<int, int> m_place; ///< row and column of a class
    QFont m_nameFont;
    double m_names = 0; ///< room for the longest name; 0 where the cells are too small for any
    QRectF m_matrix;
};

Matrix::Matrix(const ConfusionFigure& figure) : m_figure(figure), m_classes(figure.evaluation.involvedClasses())
{
    if (m_classes.empty())
        throw Error(ErrorCode::BadArgument, "confusion matrix", "expected pictures, got none");
    if (m_classes.front() < 0 || m_classes.back() >= figure.classNames.size())
        throw Error(ErrorCode::BadArgument, "confusion matrix", "expected a name for every class");
    for (const int classIndex : m_classes)
        m_place.emplace(classIndex, static_cast<int>(m_place.size()));

    constexpr double smallestText = 4, longestName = 130;
    const double side = cellSide();
    m_nameFont = FigurePage::font(std::clamp(std::floor(side * 0.9), smallestText, FigurePage::textSize));
    if (side >= smallestText) {
        const QFontMetricsF metrics(m_nameFont);
        for (const int classIndex : m_classes)
            m_names = std::max(m_names, metrics.horizontalAdvance(nameOf(classIndex)) + gap);
        m_names = std::min(m_names, longestName);
    }
    const double length = side * static_cast<double>(m_classes.size());
    m_matrix = QRectF(2 * gap + line + m_names, 3 * line, length, length);
}

/// Large enough to read names of up to 250 classes; beyond, the matrix keeps its size and the cells shrink.
double Matrix::cellSide() const
{
    constexpr double usualLength = 420, greatestLength = 1125, smallestCell = 4.5, largestCell = 100;
    const auto count = static_cast<double>(m_classes.size());
    return std::min(std::clamp(usualLength / count, smallestCell, largestCell), greatestLength / count);
}

QRectF Matrix::cell(int row, int column) const
{
    const double side = cellSide();
    return {m_matrix.left() + column * side, m_matrix.top() + row * side, side, side};
}

void Matrix::paint(QPainter& painter) const
{
    const QRectF heading(m_matrix.left() - m_names - line, gap, m_matrix.right() - m_matrix.left() + m_names + line,
                         1.5 * line);
    FigurePage::text(painter, heading, FigurePage::font(FigurePage::headingSize, true), m_figure.title);
    paintCells(painter);
    paintNames(painter);
    paintAxes(painter);
    const double below = m_matrix.bottom() + m_names + 1.5 * line;
    paintBar(painter, QRectF(m_matrix.left(), below, m_matrix.width(), 4 * line));
    const bool hasEmptyRow = m_classes.size() > m_figure.evaluation.classes().size();
    FigurePage::text(painter, QRectF(heading.left(), below + 4.5 * line, heading.width(), line),
                     FigurePage::font(FigurePage::smallSize),
                     hasEmptyRow ? tr("grey: class without pictures") + QStringLiteral(" · ") + m_figure.madeBy
                                 : m_figure.madeBy);
}

void Matrix::paintCells(QPainter& painter) const
{
    // Whole cells of the device, so that no seam shows between those of one colour.
    painter.setRenderHint(QPainter::Antialiasing, false);
    const auto& shares = m_figure.evaluation.classes();
    for (const int classIndex : m_classes) {
        const int row = m_place.at(classIndex);
        const QRectF whole(m_matrix.left(), cell(row, 0).top(), m_matrix.width(), cellSide());
        painter.fillRect(whole, shares.contains(classIndex) ? colourOf(0) : QColor(Qt::lightGray));
    }
    for (const auto& [pair, pictures] : m_figure.evaluation.confusion()) {
        const QRectF area = cell(m_place.at(pair.first), m_place.at(pair.second));
        const QColor ground = colourOf(static_cast<double>(pictures) / shares.at(pair.first).n);
        painter.fillRect(area, ground);
        paintNumber(painter, area, pictures, ground);
    }
    painter.setRenderHint(QPainter::Antialiasing);
}

void Matrix::paintNumber(QPainter& painter, const QRectF& cell, int pictures, const QColor& ground) const
{
    const QFont font = FigurePage::font(std::min(cell.height() * 0.5, FigurePage::textSize));
    const QString text = countText(pictures);
    constexpr int smallestNumber = 5;
    if (font.pixelSize() < smallestNumber || QFontMetricsF(font).horizontalAdvance(text) > 0.95 * cell.width())
        return;
    painter.setFont(font);
    painter.setPen(inkOn(ground));
    painter.drawText(cell, Qt::AlignCenter | Qt::TextDontClip, text);
}

void Matrix::paintNames(QPainter& painter) const
{
    if (m_names == 0)
        return;
    for (const int classIndex : m_classes) {
        const int place = m_place.at(classIndex);
        const QRectF diagonal = cell(place, place);
        FigurePage::text(painter,
                         QRectF(m_matrix.left() - m_names, diagonal.top(), m_names - gap / 2, diagonal.height()),
                         m_nameFont, nameOf(classIndex), Qt::AlignRight);
        painter.save();
        painter.translate(diagonal.left(), m_matrix.bottom());
        painter.rotate(-90);
        FigurePage::text(painter, QRectF(-m_names, 0, m_names - gap / 2, diagonal.width()), m_nameFont,
                         nameOf(classIndex), Qt::AlignRight);
        painter.restore();
    }
}

void Matrix::paintAxes(QPainter& painter) const
{
    const QFont font = FigurePage::font(FigurePage::textSize);
    FigurePage::text(painter, QRectF(m_matrix.left(), m_matrix.bottom() + m_names + 2, m_matrix.width(), line), font,
                     tr("named by the model"), Qt::AlignHCenter);
    painter.save();
    painter.translate(gap, m_matrix.bottom());
    painter.rotate(-90);
    FigurePage::text(painter, QRectF(0, 0, m_matrix.height(), line), font, tr("true class"), Qt::AlignHCenter);
    painter.restore();
}

void Matrix::paintBar(QPainter& painter, const QRectF& area) const
{
    const QFont font = FigurePage::font(FigurePage::textSize);
    const double length = std::min(area.width(), 240.0);
    const QRectF bar(area.center().x() - length / 2, area.top() + 1.2 * line, length, 0.8 * line);
    FigurePage::text(painter, QRectF(area.left(), area.top(), area.width(), line), font,
                     tr("share of the true class's pictures"), Qt::AlignHCenter);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    constexpr int stops = 32;
    for (int i = 0; i <= stops; ++i)
        gradient.setColorAt(i / double(stops), colourOf(i / double(stops)));
    painter.fillRect(bar, gradient);
    const int step = length < 120 ? 50 : 20;
    for (int percent = 0; percent <= 100; percent += step) {
        const double x = bar.left() + length * percent / 100;
        painter.setPen(QPen(inkColour(), 0.6));
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + 3));
        FigurePage::text(painter, QRectF(x - 20, bar.bottom() + 3, 40, line), font, tr("%1 %").arg(percent),
                         Qt::AlignHCenter);
    }
}

} // namespace

QImage renderConfusion(const ConfusionFigure& figure, double dotsPerInch)
{
    const Matrix matrix(figure);
    const double scale = dotsPerInch / pointsPerInch;
    const QSizeF size = scale * matrix.size();
    QImage image(static_cast<int>(std::ceil(size.width())), static_cast<int>(std::ceil(size.height())),
                 QImage::Format_RGB32);
    if (image.isNull())
        throw Error(ErrorCode::TooLarge, "confusion matrix", "there is no memory for its pixels");
    image.fill(Qt::white);
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(scale, scale);
        matrix.paint(painter);
    }
    setDotsPerInch(image, dotsPerInch);
    return image;
}

} // namespace ocellus
