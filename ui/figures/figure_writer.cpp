// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_writer.h"

#include <cmath>
#include <filesystem>
#include <span>
#include <system_error>

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

namespace ocellus {

namespace {

constexpr double pointsPerInch = 72;
constexpr double printResolution = 300;

void requireComplete(const Explanation& explanation)
{
    if (explanation.isEmpty() || explanation.picture.isNull())
        throw Error(ErrorCode::BadArgument, "figure", "expected a picture and its maps, got none");
}

QSizeF sizeOf(const Explanation& explanation, FigureStyle style)
{
    return style == FigureStyle::Paper ? paperStripSize(explanation) : headFigureSize(explanation);
}

void paint(QPaintDevice& device, double unitsPerPoint, const Explanation& explanation, FigureStyle style)
{
    QPainter painter(&device);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::LosslessImageRendering);
    painter.scale(unitsPerPoint, unitsPerPoint);
    constexpr double pixelsPerPoint = printResolution / pointsPerInch;
    if (style == FigureStyle::Paper)
        paintPaperStrip(painter, explanation, pixelsPerPoint);
    else
        paintHeadFigure(painter, explanation, pixelsPerPoint);
}

QByteArray png(const Explanation& explanation, FigureStyle style)
{
    return pngBytes(renderFigure(explanation, style, printResolution));
}

QByteArray svg(const Explanation& explanation, FigureStyle style)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const QSizeF size = sizeOf(explanation, style);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(pointsPerInch));
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF(QPointF(), size));
    generator.setTitle(explanation.className);
    paint(generator, 1, explanation, style);
    return buffer.data();
}

QByteArray pdf(const Explanation& explanation, FigureStyle style)
{
    constexpr int resolution = 1200;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(resolution);
    writer.setPageMargins({});
    writer.setPageSize(QPageSize(sizeOf(explanation, style), QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setTitle(explanation.className);
    writer.setCreator(QStringLiteral("Ocellus " OCELLUS_VERSION));
    paint(writer, resolution / pointsPerInch, explanation, style);
    return buffer.data();
}

using Format = QByteArray (*)(const Explanation&, FigureStyle);

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

} // namespace

QImage renderFigure(const Explanation& explanation, FigureStyle style, double dotsPerInch)
{
    requireComplete(explanation);
    const double scale = dotsPerInch / pointsPerInch;
    const QSizeF size = scale * sizeOf(explanation, style);
    QImage image(static_cast<int>(std::ceil(size.width())), static_cast<int>(std::ceil(size.height())),
                 QImage::Format_RGB32);
    if (image.isNull())
        throw Error(ErrorCode::TooLarge, "figure", "there is no memory for its pixels", "Write it as PDF or SVG");
    image.fill(Qt::white);
    paint(image, scale, explanation, style);
    setDotsPerInch(image, dotsPerInch);
    return image;
}

void writeFigure(const std::filesystem::path& path, const Explanation& explanation, FigureStyle style)
{
    const Format format = formatOf(path);
    requireComplete(explanation);
    std::error_code failure; // what cannot be looked at is no folder to write to
    if (!std::filesystem::is_directory(path.has_parent_path() ? path.parent_path() : ".", failure))
        throw Error(ErrorCode::NotFound, path.string(), "the folder does not exist",
                    "Choose another folder or make this one");

    const QByteArray bytes = format(explanation, style);
    writeFileAtomically(path, std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

} // namespace ocellus
