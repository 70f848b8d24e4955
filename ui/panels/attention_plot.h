// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include "core/image/geometry.h"
#include "ui/figures/map_names.h"

class QCPBars;
class QCPItemStraightLine;
class QCustomPlot;
class QStackedLayout;

namespace ocellus {

/// One cell in all maps of a class: attention of heads in multiples of a uniform map, of other maps their similarity.
class AttentionPlot : public QWidget {
    Q_OBJECT

public:
    explicit AttentionPlot(QWidget* parent = nullptr);

    /// One value a map in the model's own order, and their mean, called by `names`. Values that are not finite are
    /// drawn as 0.
    void setValues(const std::vector<float>& heads, float mean, Cell cell, MapNames names);
    /// No crosshair, or no map.
    void clear();
    /// Head drawn in the highlight colour, from 0; the number of heads stands for the mean, -1 for none.
    void setChosenHead(int head);

signals:
    /// The user clicked a bar; the number of heads stands for the mean.
    void headChosen(int head);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    QString description() const;
    void clicked(const QPointF& position);

    QCustomPlot* m_plot;
    QStackedLayout* m_pages;
    QCPBars* m_heads;
    QCPBars* m_chosen;
    QCPItemStraightLine* m_uniform;
    std::vector<float> m_values; ///< the heads, then their mean
    Cell m_cell;
    MapNames m_names;
    int m_chosenHead = -1;
};

} // namespace ocellus
