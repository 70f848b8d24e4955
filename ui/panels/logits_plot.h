// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QList>
#include <QString>
#include <QWidget>

class QCPBars;
class QCustomPlot;
class QStackedLayout;

namespace ocellus {

/// One class in the plot of logits.
struct LogitBar {
    int classIndex = 0;
    QString name;
    double logit = 0;
    std::optional<double> fullLogit; ///< without limit and intervention, where there is one of them
};

/// Bars of the top classes' logits; a second bar shows the full set's while a limit is on.
class LogitsPlot : public QWidget {
    Q_OBJECT

public:
    explicit LogitsPlot(QWidget* parent = nullptr);

    /// Best first; as many as the height has room for are drawn. Values that are not finite are left out.
    void setBars(const QList<LogitBar>& bars);
    /// The class whose maps are shown, drawn in the highlight colour; -1 for none.
    void setChosenClass(int classIndex);

signals:
    /// The user clicked a bar or its name.
    void classChosen(int classIndex);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void rebuild();
    void fitToSize();
    QString description() const;
    void clicked(const QPointF& position);

    QCustomPlot* m_plot;
    QStackedLayout* m_pages;
    QCPBars* m_shown;  ///< classes that are not the chosen one
    QCPBars* m_chosen; ///< the chosen class
    QCPBars* m_full;   ///< outlines without the limit
    QList<LogitBar> m_bars;
    int m_chosenClass = -1;
};

} // namespace ocellus
