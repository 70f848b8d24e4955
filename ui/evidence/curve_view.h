// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QImage>
#include <QWidget>

#include "core/explain/finding.h"

class QCPGraph;
class QCPItemStraightLine;
class QCustomPlot;
class QLabel;
class QSlider;
class QTabBar;

namespace ocellus {

/// A map's deletion or insertion curve over the band of random orders, and the picture at the step that is pointed at
/// or chosen with the slider.
class CurveView : public QWidget {
    Q_OBJECT

public:
    explicit CurveView(QWidget* parent = nullptr);

    /// Null: that curve was not measured. Both null: nothing is shown.
    void setCurves(const Finding* deletion, const Finding* insertion);
    /// Along the curve that is shown; none: they are on their way, or nobody asked.
    void setFrames(const std::vector<QImage>& frames);

    EvidenceTest test() const; ///< that is shown
    int step() const;
    void setTest(EvidenceTest test);

signals:
    /// The pictures along the curve that is shown are wanted.
    void framesWanted(ocellus::EvidenceTest test);
    void framesForgotten(); ///< those that were wanted before: they are of another curve

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void makePlot();
    const Finding* shown() const;
    void showCurve();
    void showStep();
    void showFrame();
    void forgetFrames();
    void wantFrames();

    std::optional<Finding> m_deletion, m_insertion;
    std::vector<QImage> m_frames;
    QTabBar* m_modes;
    QCustomPlot* m_plot;
    QCPGraph* m_low = nullptr;
    QCPGraph* m_high = nullptr;
    QCPGraph* m_curve = nullptr;
    QCPItemStraightLine* m_line = nullptr;
    QSlider* m_slider;
    QLabel* m_words;
    QLabel* m_picture;
};

} // namespace ocellus
