// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QImage>
#include <QStringList>
#include <QWidget>

#include "core/analysis/map_image.h"

namespace ocellus {

struct Explanation;
struct MatrixRow;

/// What a row of maps is about: its title, numbers, mark, and exemplar pictures.
class RowHeader : public QWidget {
    Q_OBJECT

public:
    explicit RowHeader(QWidget* parent = nullptr);

    /// `titles` are those of all rows, beside which its own stays different.
    void setRow(const MatrixRow& row, const QStringList& titles);
    /// The maps' colour bar where that is the row's own, as of a map in it; null: there is none.
    void setScale(std::shared_ptr<const Explanation> explanation, Range range);
    void setSelected(bool selected);

    /// Above its tiles instead of beside them: title and details in a line each, which end where there is no more room.
    void setAbove(bool above);
    int heightAbove() const;
    /// Height that shows everything in this width, beside the tiles.
    int heightForWidth(int width) const override;

signals:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void paintAbove(QPainter& painter);
    void paintBeside(QPainter& painter);
    void paintScale(QPainter& painter, const QRect& room);
    int scaleHeight() const; ///< 0 without a scale
    QString unit() const;    ///< of the scale that there is

    QString m_title;
    QStringList m_titles; ///< of all rows
    QStringList m_details;
    std::vector<QImage> m_exemplars;
    std::shared_ptr<const Explanation> m_scale;
    Range m_range;
    bool m_flagged = false;
    bool m_selected = false;
    bool m_above = false;
};

} // namespace ocellus
