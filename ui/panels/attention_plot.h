// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include "core/image/geometry.h"

class QCPBars;
class QCPItemStraightLine;
class QCustomPlot;
class QStackedLayout;

namespace ocellus {

/// Attention of one cell over the heads, in multiples of a uniform map.
class AttentionPlot : public QWidget {
    Q_OBJECT

public:
    explicit AttentionPlot(QWidget* parent = nullptr);

    /// One value a head in the heads' own order, times uniform. Values that are not finite are drawn as 0.
    void setValues(const std::vector<float>& heads, float mean, Cell cell);
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
    int m_chosenHead = -1;
};

} // namespace ocellus
