// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_writer.h"

#include <cmath>
#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "ui/figures/head_figure.h"
#include "ui/figures/paper_strip.h"
#include "ui/figures/png_writer.h"
#include "ui/figures/shown_text.h"

namespace ocellus {

namespace {

constexpr double pointsPerInch = 72;
constexpr double printResolution = 300;

void paint(QPaintDevice& device, double unitsPerPoint, const Figure& figure, double mapResolution = printResolution)
{
    QPainter painter(&device);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::LosslessImageRendering);
    painter.scale(unitsPerPoint, unitsPerPoint);
    painter.fillRect(QRectF(QPointF(), figure.size), Qt::white);
    figure.paint(painter, mapResolution / pointsPerInch);
}

[[noreturn]] void failTooLarge(const QSizeF& size, const char* wayOut)
{
    throw Error(ErrorCode::TooLarge, "figure",
                "it would have " + std::to_string(std::llround(size.width())) + " x " +
                    std::to_string(std::llround(size.height())) + " pixels",
                wayOut);
}

/// In pixels, before there are any.
QSize checkedSize(const Figure& figure, double dotsPerInch)
{
    const QSizeF size = dotsPerInch / pointsPerInch * figure.size;
    constexpr double longestSide = 32'000; // that painters count to
    if (!(size.width() * size.height() <= mostFigurePixels) || std::max(size.width(), size.height()) > longestSide)
        failTooLarge(size, "Choose fewer dots per inch, or write it as PDF");
    constexpr double rounding = 1e-6; // 254 mm are 2,000 pixels of 200 dpi, and no more
    return {static_cast<int>(std::ceil(size.width() - rounding)),
            static_cast<int>(std::ceil(size.height() - rounding))};
}

/// The maps of a vector format are made one after the other, but all are kept until they are written.
void checkVector(const Figure& figure, double dotsPerInch)
{
    constexpr double packed = 10; // times smaller than in memory
    const QSizeF size = dotsPerInch / pointsPerInch * figure.size;
    if (!(size.width() * size.height() <= packed * mostFigurePixels))
        failTooLarge(size, "Choose fewer dots per inch or a smaller size");
}

QByteArray png(const Figure& figure, double dotsPerInch)
{
    return pngBytes(renderFigure(figure, dotsPerInch));
}

QByteArray pdf(const Figure& figure, double dotsPerInch)
{
    checkVector(figure, dotsPerInch);
    constexpr int resolution = 1200;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(resolution);
    writer.setPageMargins({});
    writer.setPageSize(QPageSize(figure.size, QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setTitle(shownText(figure.title));
    writer.setCreator(QStringLiteral("Ocellus " OCELLUS_VERSION));
    paint(writer, resolution / pointsPerInch, figure, dotsPerInch);
    return buffer.data();
}

QByteArray svg(const Figure& figure, double dotsPerInch)
{
    checkVector(figure, dotsPerInch);
    return svgBytes(figure, dotsPerInch);
}

using Format = QByteArray (*)(const Figure&, double);

Format formatOf(const std::filesystem::path& path)
{
    const QString extension = QString::fromStdString(path.extension().string()).toLower();
    if (extension == ".png")
        return png;
    if (extension == ".svg")
        return svg;
    if (extension == ".pdf")
        return pdf;
    throw Error(ErrorCode::Unsupported, path.string(),
                "expected a name that ends with .png, .svg or .pdf, got \"" + path.extension().string() + "\"");
}

/// QSvgGenerator counts whole points only.
void setExactSize(QByteArray& document, const QSizeF& points)
{
    constexpr double millimetres = 25.4 / pointsPerInch;
    const auto replace = [&document](const QByteArray& attribute, double value) {
        const qsizetype from = document.indexOf(' ' + attribute + "=\"");
        const qsizetype to = document.indexOf('"', from + attribute.size() + 3);
        if (from >= 0 && to > from)
            document.replace(from, to + 1 - from, ' ' + attribute + "=\"" + QByteArray::number(value, 'f', 3) + "mm\"");
    };
    replace("width", millimetres * points.width());
    replace("height", millimetres * points.height());
}

} // namespace

Figure figureOf(const Explanation& explanation, FigureStyle style)
{
    if (explanation.isEmpty() || explanation.picture.isNull())
        throw Error(ErrorCode::BadArgument, "figure", "expected a picture and its maps, got none");
    if (style == FigureStyle::Honest)
        return headFigure(explanation);
    return {explanation.className, paperStripSize(explanation),
            [explanation](QPainter& painter, double pixelsPerPoint) {
                paintPaperStrip(painter, explanation, pixelsPerPoint);
            }};
}

QImage renderFigure(const Figure& figure, double dotsPerInch)
{
    QImage image(checkedSize(figure, dotsPerInch), QImage::Format_RGB32);
    if (image.isNull())
        throw Error(ErrorCode::TooLarge, "figure", "there is no memory for its pixels", "Write it as PDF or SVG");
    image.fill(Qt::white);
    paint(image, dotsPerInch / pointsPerInch, figure);
    setDotsPerInch(image, dotsPerInch);
    return image;
}

QByteArray svgBytes(const Figure& figure, double dotsPerInch)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(pointsPerInch));
    generator.setSize(figure.size.toSize());
    generator.setViewBox(QRectF(QPointF(), figure.size));
    // Qt 6.4 writes a title as it is, later versions escape it: a mark goes through either, and comes first.
    const QString mark = QStringLiteral("OCELLUS-TITLE");
    generator.setTitle(mark);
    generator.setDescription({});
    paint(generator, 1, figure, dotsPerInch);
    QByteArray document = buffer.data();
    document.replace(document.indexOf(mark.toUtf8()), mark.size(), shownText(figure.title).toHtmlEscaped().toUtf8());
    setExactSize(document, figure.size);
    return validXml(std::move(document));
}

void writeFigure(const std::filesystem::path& path, const Figure& figure, double dotsPerInch)
{
    const Format format = formatOf(path);
    std::error_code failure; // what cannot be looked at is no folder to write to
    if (!std::filesystem::is_directory(path.has_parent_path() ? path.parent_path() : ".", failure))
        throw Error(ErrorCode::NotFound, path.string(), "the folder does not exist",
                    "Choose another folder or make this one");

    const QByteArray bytes = format(figure, dotsPerInch);
    writeFileAtomically(path, std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

} // namespace ocellus
