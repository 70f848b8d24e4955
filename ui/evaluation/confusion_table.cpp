// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/confusion_table.h"

#include <algorithm>
#include <cmath>

#include <QColor>
#include <QCoreApplication>

#include "core/analysis/colour_map.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

/// What translators see these texts under.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(ConfusionTable)
};

constexpr QRgb emptyRow = 0xff808080;

} // namespace

QColor confusionColour(double share)
{
    const auto& table = colours(ColourMap::Viridis);
    const Rgb& colour = table[static_cast<std::size_t>(std::lround(255 * std::sqrt(std::clamp(share, 0.0, 1.0))))];
    return {colour.red, colour.green, colour.blue};
}

ConfusionTable::ConfusionTable(const Evaluation& evaluation, std::vector<int> classes, const QStringList& names)
    : m_classes(std::move(classes)),
      m_pictures(m_classes.size()),
      m_image(size(), size(), QImage::Format_RGB32)
{
    const QRgb none = confusionColour(0).rgb();
    for (int place = 0; place < size(); ++place) {
        const int classIndex = classAt(place);
        m_places.emplace(classIndex, place);
        m_names += names.value(classIndex);
        const auto share = evaluation.classes().find(classIndex);
        const bool hasPictures = share != evaluation.classes().end();
        m_pictures[static_cast<std::size_t>(place)] = hasPictures ? share->second.n : 0;
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(place));
        std::fill_n(line, size(), hasPictures ? none : emptyRow);
    }
    for (const auto& [pair, pictures] : evaluation.confusion()) {
        const int row = placeOf(pair.first), column = placeOf(pair.second);
        if (row < 0 || column < 0)
            continue;
        m_counts[{row, column}] = pictures;
        m_image.setPixel(column, row, confusionColour(double(pictures) / picturesOf(row)).rgb());
        if (row != column)
            m_confusions.emplace_back(row, column);
    }
    std::ranges::stable_sort(m_confusions, std::greater(), [this](const auto& cell) { return m_counts.at(cell); });
}

int ConfusionTable::placeOf(int classIndex) const
{
    const auto found = m_places.find(classIndex);
    return found == m_places.end() ? -1 : found->second;
}

int ConfusionTable::count(int row, int column) const
{
    const auto found = m_counts.find({row, column});
    return found == m_counts.end() ? 0 : found->second;
}

int ConfusionTable::picturesOf(int row) const
{
    return m_pictures[static_cast<std::size_t>(row)];
}

QString ConfusionTable::text(int row, int column) const
{
    const int of = picturesOf(row), pictures = count(row, column);
    if (of == 0)
        return Text::tr("%1 has no pictures in this data").arg(nameAt(row));
    const QString share = fixedText(100.0 * pictures / of, 1);
    return row == column ? Text::tr("%1 named rightly: %2 of %3 pictures (%4 %)")
                               .arg(nameAt(row))
                               .arg(pictures)
                               .arg(of)
                               .arg(share)
                         : Text::tr("%1 named as %2: %3 of %4 pictures (%5 %)")
                               .arg(nameAt(row), nameAt(column))
                               .arg(pictures)
                               .arg(of)
                               .arg(share);
}

std::pair<int, int> ConfusionTable::nextConfusion(int row, int column) const
{
    if (m_confusions.empty())
        return {-1, -1};
    const auto found = std::ranges::find(m_confusions, std::pair(row, column));
    return found == m_confusions.end() || std::next(found) == m_confusions.end() ? m_confusions.front()
                                                                                 : *std::next(found);
}

} // namespace ocellus
