// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/png_writer.h"

#include <cmath>
#include <span>

#include <QBuffer>

#include "core/base/error.h"
#include "core/io/atomic_file.h"

namespace ocellus {

QByteArray pngBytes(const QImage& image)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    constexpr int fastCompression = 70; // zlib's level 3: as small within a few percent, in a third of the time
    if (!image.save(&buffer, "PNG", fastCompression))
        throw Error(ErrorCode::Internal, "figure", "the PNG could not be encoded");
    return buffer.data();
}

void setDotsPerInch(QImage& image, double dotsPerInch)
{
    constexpr double inchesPerMetre = 1 / 0.0254;
    const int dotsPerMetre = static_cast<int>(std::lround(dotsPerInch * inchesPerMetre));
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
}

void writePng(const std::filesystem::path& path, const QImage& image)
{
    const QByteArray bytes = pngBytes(image);
    writeFileAtomically(path, std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

} // namespace ocellus
