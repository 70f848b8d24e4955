// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/maps_strip.h"

#include <algorithm>

#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>

#include "ui/engine/paths.h"

namespace ocellus {

namespace {

constexpr int gap = 4;
constexpr double leastScale = 0.5; ///< of the maps; below that they scroll

/// Of "epoch-0012.png".
QString titleOf(const std::filesystem::path& file)
{
    static const QRegularExpression digits(QStringLiteral("\\d+"));
    const int epoch = digits.match(toQString(file.stem())).captured().toInt();
    return MapsStrip::tr("Epoch %1, each map from its least to its most").arg(epoch);
}

} // namespace

/// Paints the rows, one below the other.
class MapsStrip::Rows : public QWidget {
public:
    explicit Rows(const MapsStrip& strip) : m_strip(strip) {}

    /// Of the pictures' pixels, on the screen.
    void setScale(double scale)
    {
        m_scale = scale;
        resize(sizeHint());
        update();
    }

    int fullWidth() const
    {
        int width = 0;
        for (const auto& file : m_strip.m_shown)
            width = std::max(width, m_strip.m_images.at(file).width());
        return width;
    }

    QSize sizeAt(double scale) const
    {
        QSize size;
        for (const auto& file : m_strip.m_shown) {
            const QSize row = m_strip.m_images.at(file).size() * scale;
            size = {std::max(size.width(), row.width()), size.height() + titleHeight() + row.height() + gap};
        }
        return size;
    }

    QSize sizeHint() const override { return sizeAt(m_scale); }

    void paintAll(QPainter& painter, double scale) const
    {
        painter.setRenderHint(QPainter::SmoothPixmapTransform, scale < 1);
        const int width = sizeAt(scale).width();
        int top = 0;
        for (const auto& file : m_strip.m_shown) {
            const QImage& image = m_strip.m_images.at(file);
            const QRect place(QPoint(0, top + titleHeight()), image.size() * scale);
            painter.drawText(QRect(0, top, width, titleHeight()), Qt::AlignLeft | Qt::AlignVCenter, titleOf(file));
            painter.drawImage(place, image);
            top = place.bottom() + 1 + gap;
        }
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setPen(palette().color(QPalette::WindowText));
        paintAll(painter, m_scale);
    }

private:
    int titleHeight() const { return fontMetrics().lineSpacing() + 2; }

    const MapsStrip& m_strip;
    double m_scale = 1;
};

MapsStrip::MapsStrip(QWidget* parent) : QScrollArea(parent), m_rows(new Rows(*this))
{
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Maps of the watched pictures over the epochs"));
    setWidget(m_rows);
}

void MapsStrip::setMaps(const std::vector<std::filesystem::path>& maps)
{
    if (maps == m_shown)
        return;
    std::map<std::filesystem::path, QImage> images;
    m_shown.clear();
    for (auto file = maps.rbegin(); file != maps.rend(); ++file) { // the newest is in sight
        const auto known = m_images.find(*file);
        const QImage image = known != m_images.end() ? known->second : QImage(toQString(*file));
        if (image.isNull())
            continue; // it is being written: the next look finds it
        images[*file] = image;
        m_shown.push_back(*file);
    }
    m_images = std::move(images);
    fit();
}

/// A row is seen whole where that leaves enough of its maps.
void MapsStrip::fit()
{
    const int room = maximumViewportSize().width() - verticalScrollBar()->sizeHint().width();
    m_rows->setScale(std::clamp(static_cast<double>(room) / std::max(1, m_rows->fullWidth()), leastScale, 1.0));
}

void MapsStrip::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

QImage MapsStrip::figure() const
{
    if (isEmpty())
        return {};
    QImage image(m_rows->sizeAt(1), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(font());
    painter.setPen(Qt::black);
    m_rows->paintAll(painter, 1);
    return image;
}

} // namespace ocellus
