// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include "ui/figures/edit_comparison.h"

class QCPBars;
class QCustomPlot;
class QStackedLayout;

namespace ocellus {

/// Bars of the top classes' logits before and after the edits, each two below the class's name, with the change, the
/// ranks, and a flip in words.
class LogitChangePlot : public QWidget {
    Q_OBJECT

public:
    explicit LogitChangePlot(QWidget* parent = nullptr);

    /// The classes that were or are best come first; as many as the height has room for are drawn.
    void setComparison(const EditComparison& comparison);
    /// Whose bars or name lie there; none beside them.
    std::optional<int> classAt(QPointF position) const;

signals:
    /// The user clicked a bar or its name.
    void classChosen(int classIndex);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// One class's bars with its words.
    struct Row {
        ClassEffect effect;
        QString name;
        QString change; ///< "+1.32 · rank 3 → 1 · now first"
    };

    void rebuild();
    void fitToSize();
    void addWords(int row, const QStringList& names); ///< beside those of the other rows
    void clicked(const QPointF& position);

    QCustomPlot* m_plot;
    QStackedLayout* m_pages;
    QCPBars* m_before;
    QCPBars* m_after;
    std::vector<Row> m_rows;
};

} // namespace ocellus
