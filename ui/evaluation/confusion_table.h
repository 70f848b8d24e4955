// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include <QImage>
#include <QString>
#include <QStringList>

#include "core/analysis/evaluation.h"

namespace ocellus {

/// A confusion matrix as it is shown: which classes, in which order, and a pixel a cell. Rows are true classes, columns
/// what they were named.
class ConfusionTable {
public:
    ConfusionTable() = default;
    /// `classes` by place; `names` by the model's class index.
    ConfusionTable(const Evaluation& evaluation, std::vector<int> classes, const QStringList& names);

    int size() const { return static_cast<int>(m_classes.size()); }
    int classAt(int place) const { return m_classes[static_cast<std::size_t>(place)]; }
    const QString& nameAt(int place) const { return m_names[place]; }
    /// -1 where it is not shown.
    int placeOf(int classIndex) const;
    /// Pictures of the row's class that were named as the column's.
    int count(int row, int column) const;
    int picturesOf(int row) const; ///< all of that class, also those that were named as a class that is not shown
    /// Of a cell by its share of the row's pictures, from 0 to 1; grey of a row without pictures.
    QRgb colourAt(int row, int column) const { return m_image.pixel(column, row); }
    const QImage& image() const { return m_image; }
    /// "Robin named as Wren: 3 of 20 pictures (15.0 %)".
    QString text(int row, int column) const;
    /// The cell off the diagonal with most pictures after this one, and after the last the first; none where there are
    /// no confusions.
    std::pair<int, int> nextConfusion(int row, int column) const;

private:
    std::vector<int> m_classes;
    QStringList m_names; ///< by place
    std::map<int, int> m_places;
    std::map<std::pair<int, int>, int> m_counts;   ///< by place
    std::vector<int> m_pictures;                   ///< by place
    std::vector<std::pair<int, int>> m_confusions; ///< off the diagonal, most pictures first
    QImage m_image;                                ///< Format_RGB32, a pixel a cell
};

/// What a share's colour is: the colour map over the share's square root, so that one confusion in a hundred is seen.
QColor confusionColour(double share);

} // namespace ocellus
