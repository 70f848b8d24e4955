// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/maps_strip.h"

#include <algorithm>

#include <QPainter>
#include <QRegularExpression>

#include "ui/engine/paths.h"

namespace ocellus {

namespace {

constexpr int gap = 4;

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

    QSize sizeHint() const override
    {
        QSize size;
        for (const auto& file : m_strip.m_shown) {
            const QSize row = m_strip.m_images.at(file).size();
            size = {std::max(size.width(), row.width()), size.height() + titleHeight() + row.height() + gap};
        }
        return size;
    }

    void paintAll(QPainter& painter) const
    {
        int top = 0;
        for (const auto& file : m_strip.m_shown) {
            const QImage& image = m_strip.m_images.at(file);
            painter.drawText(QRect(0, top, sizeHint().width(), titleHeight()), Qt::AlignLeft | Qt::AlignVCenter,
                             titleOf(file));
            painter.drawImage(0, top + titleHeight(), image);
            top += titleHeight() + image.height() + gap;
        }
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setPen(palette().color(QPalette::WindowText));
        paintAll(painter);
    }

private:
    int titleHeight() const { return fontMetrics().lineSpacing() + 2; }

    const MapsStrip& m_strip;
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
    m_rows->resize(m_rows->sizeHint());
    m_rows->update();
}

QImage MapsStrip::figure() const
{
    if (isEmpty())
        return {};
    QImage image(m_rows->sizeHint(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(font());
    painter.setPen(Qt::black);
    m_rows->paintAll(painter);
    return image;
}

} // namespace ocellus
