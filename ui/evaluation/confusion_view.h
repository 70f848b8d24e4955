// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>

#include "ui/evaluation/confusion_table.h"

namespace ocellus {

/// A confusion matrix of any size: paints what is in sight, and numbers and names where there is room for them.
class ConfusionView : public QAbstractScrollArea {
    Q_OBJECT

public:
    static constexpr int SmallestCell = 1, LargestCell = 64; ///< pixels a side

    explicit ConfusionView(QWidget* parent = nullptr);

    /// The chosen cell stays where its classes are shown still.
    void setTable(const ConfusionTable& table);
    const ConfusionTable& table() const { return m_table; }

    int cellSide() const { return m_side; }
    /// Around the chosen cell, or the middle.
    void setCellSide(int side);
    /// As large as all of it can be seen.
    void fit();
    void zoom(int steps); ///< larger by so many

    int row() const { return m_row; } ///< of the chosen cell; -1 for none
    int column() const { return m_column; }
    void choose(int row, int column);
    void chooseNextConfusion();
    /// In the viewport's coordinates.
    QRect cellRect(int row, int column) const;

signals:
    void cellChosen(int trueClass, int named); ///< class indices
    void cellActivated();                      ///< by Return or a double click
    void zoomed(int side);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool showsNames() const;
    void layOut();
    QRect cells() const; ///< what of the viewport is the matrix's
    QPoint cellAt(QPoint position) const;
    QRect visibleCells() const;
    void ensureVisible();
    void paintCells(QPainter& painter) const;
    void paintNumbers(QPainter& painter) const;
    void paintNames(QPainter& painter) const;
    void paintCorner(QPainter& painter) const;
    void paintChosen(QPainter& painter) const;

    ConfusionTable m_table;
    int m_side = 12;
    bool m_fits = true; ///< follows the size of the widget
    int m_names = 0;    ///< room for names at the left and the top
    int m_row = -1, m_column = -1;
};

} // namespace ocellus
