// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/figures/explanation.h"

class QToolButton;

namespace ocellus {

/// The colour bar of the maps that are shown, with a button for how they are drawn.
class ColourBarWidget : public QWidget {
    Q_OBJECT

public:
    explicit ColourBarWidget(QWidget* parent = nullptr);

    /// Empty without maps.
    void setExplanation(const Explanation& explanation);
    /// The scale that maps of this style share, over a strip of the picture.
    void setScale(const MapStyle& style, Range range, const QImage& picture, const QString& unit);
    void clear();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// The button, or a click on the bar.
    void displayRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void describe();

    QToolButton* m_button;
    MapStyle m_style;
    Range m_range;
    QImage m_picture;
    QString m_unit; ///< empty: times uniform
    bool m_empty = true;
};

} // namespace ocellus
