// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>

namespace ocellus::test {

/// What a figure's painter did, in points.
struct Recorded {
    struct Text {
        QString text;
        QRectF place; ///< its line's height, and its letters' width
        double size = 0;
        bool isItalic = false;
    };
    std::vector<Text> texts;
    std::vector<QRectF> images;
};

class RecordingEngine : public QPaintEngine {
public:
    explicit RecordingEngine(Recorded& to) : QPaintEngine(AllFeatures), m_to(to) {}

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    Type type() const override { return User; }
    void updateState(const QPaintEngineState& to) override
    {
        if (to.state() & DirtyTransform)
            m_transform = to.transform();
    }
    void drawTextItem(const QPointF& at, const QTextItem& item) override
    {
        const QRectF place(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent());
        m_to.texts.push_back({item.text(), m_transform.mapRect(place), item.font().pixelSize() * m_transform.m11(),
                              item.font().italic()});
    }
    void drawImage(const QRectF& place, const QImage&, const QRectF&, Qt::ImageConversionFlags) override
    {
        m_to.images.push_back(m_transform.mapRect(place));
    }
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
    void drawPath(const QPainterPath&) override {}
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    void drawRects(const QRectF*, int) override {}
    void drawLines(const QLineF*, int) override {}

private:
    Recorded& m_to;
    QTransform m_transform;
};

/// A sheet of a pixel a point that keeps what is painted on it.
class RecordingDevice : public QPaintDevice {
public:
    explicit RecordingDevice(const QSizeF& size) : m_size(size.toSize()), m_engine(m_recorded) {}

    QPaintEngine* paintEngine() const override { return &m_engine; }
    const Recorded& recorded() const { return m_recorded; }

protected:
    int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth: return m_size.width();
        case PdmHeight: return m_size.height();
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY: return 72;
        case PdmDevicePixelRatio: return 1;
        default: return QPaintDevice::metric(metric);
        }
    }

private:
    QSize m_size;
    Recorded m_recorded;
    mutable RecordingEngine m_engine;
};

} // namespace ocellus::test
