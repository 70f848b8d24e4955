// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QByteArray>
#include <QList>
#include <QtEndian>

namespace ocellus::test {

inline QByteArray bytes(const char* text, qsizetype count)
{
    return {text, count};
}

template <typename Number>
QByteArray big(Number number)
{
    QByteArray result(sizeof(Number), '\0');
    qToBigEndian(number, result.data());
    return result;
}

template <typename Number>
QByteArray little(Number number)
{
    QByteArray result(sizeof(Number), '\0');
    qToLittleEndian(number, result.data());
    return result;
}

inline quint32 crc32(const QByteArray& data)
{
    quint32 crc = ~0U;
    for (const char byte : data) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

inline QByteArray chunk(const QByteArray& kind, const QByteArray& data)
{
    return big<quint32>(static_cast<quint32>(data.size())) + kind + data + big<quint32>(crc32(kind + data));
}

/// A PNG of these samples, row by row; `extra` stands before the image data.
inline QByteArray pngOf(int width, int height, int depth, int colourType, const QByteArray& samples,
                        const QByteArray& extra = {})
{
    const qsizetype row = samples.size() / height;
    QByteArray rows;
    for (int y = 0; y < height; ++y)
        rows += '\0' + samples.mid(y * row, row);
    QByteArray header = big(static_cast<quint32>(width)) + big(static_cast<quint32>(height));
    header += static_cast<char>(depth);
    header += static_cast<char>(colourType);
    return bytes("\x89PNG\r\n\x1A\n", 8) + chunk("IHDR", header + QByteArray(3, '\0')) + extra +
           chunk("IDAT", qCompress(rows).mid(4)) + chunk("IEND", {});
}

/// A grey PNG of 16-bit samples.
inline QByteArray deepPng(int width, int height, const std::vector<quint16>& samples)
{
    QByteArray values;
    for (const quint16 sample : samples)
        values += big(sample);
    return pngOf(width, height, 16, 0, values);
}

/// A page of an uncompressed TIFF: bytes of grey or interleaved samples, and tags beside the usual ones.
struct TiffPage {
    quint32 width = 0, height = 0;
    QByteArray samples;
    quint16 samplesAPixel = 1;
    quint16 bits = 8;
    bool isReduced = false;
    QByteArray xmp = {};
    QByteArray resolution = {}; ///< two fractions, of both directions; none: no such tags
    quint16 resolutionUnit = 0; ///< 0: no such tag
    QByteArray description = {};
};

/// A little-endian TIFF of these pages.
inline QByteArray tiffOf(const QList<TiffPage>& pages)
{
    QByteArray file = bytes("II\x2A\0", 4) + little<quint32>(0);
    qsizetype pointer = 4;
    for (const TiffPage& page : pages) {
        const auto data = static_cast<quint32>(file.size());
        file += page.samples;
        const auto xmp = static_cast<quint32>(file.size());
        file += page.xmp;
        const auto resolution = static_cast<quint32>(file.size());
        file += page.resolution;
        const auto description = static_cast<quint32>(file.size());
        file += page.description;
        const auto bitsAt = static_cast<quint32>(file.size());
        for (int i = 0; i < page.samplesAPixel; ++i)
            file += little(page.bits);
        file += QByteArray(file.size() % 2, '\0');
        QByteArray entries;
        const auto add = [&](quint16 tag, quint16 type, quint32 count, quint32 value) {
            entries += little(tag) + little(type) + little(count) + little(value);
        };
        add(254, 4, 1, page.isReduced);
        add(256, 4, 1, page.width);
        add(257, 4, 1, page.height);
        add(258, 3, page.samplesAPixel, page.samplesAPixel == 1 ? page.bits : bitsAt);
        add(259, 3, 1, 1);
        add(262, 3, 1, page.samplesAPixel >= 3 ? 2 : 1);
        if (!page.description.isEmpty())
            add(270, 2, static_cast<quint32>(page.description.size()), description);
        add(273, 4, 1, data);
        add(277, 3, 1, page.samplesAPixel);
        add(278, 4, 1, page.height);
        add(279, 4, 1, static_cast<quint32>(page.samples.size()));
        if (!page.resolution.isEmpty()) {
            add(282, 5, 1, resolution);
            add(283, 5, 1, resolution + 8);
        }
        if (page.resolutionUnit > 0)
            add(296, 3, 1, page.resolutionUnit);
        if (!page.xmp.isEmpty())
            add(700, 1, static_cast<quint32>(page.xmp.size()), xmp);
        qToLittleEndian(static_cast<quint32>(file.size()), file.data() + pointer);
        file += little(static_cast<quint16>(entries.size() / 12)) + entries;
        pointer = file.size();
        file += little<quint32>(0);
    }
    return file;
}

} // namespace ocellus::test
