// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "core/analysis/kept_trust.h"
#include "core/evaluation/trust_report.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableWidget;
class QVBoxLayout;

namespace ocellus {

class CoveragePlot;
class ReliabilityPlot;

/// Whether a model's probabilities can be believed, how well it tells pictures of none of its classes, and what of that
/// is to be kept with it.
class TrustPane : public QWidget {
    Q_OBJECT

public:
    explicit TrustPane(QWidget* parent = nullptr);

    void setReport(const std::optional<TrustReport>& report);
    /// What the model keeps already.
    void setKept(const KeptTrust& kept);
    /// Empty: it can be kept.
    void setWhyNotKeep(const QString& why);

    bool keepsTemperature() const;
    std::optional<NoveltyScore> keptScore() const; ///< nothing: no threshold

signals:
    void keepRequested();

private:
    QWidget* makeCalibration();
    QWidget* makeNovelty();
    void makeKeeping(QVBoxLayout* layout);
    void tellCalibration();
    void tellNovelty();
    void showCurve();
    void updateKeeping();

    ReliabilityPlot* m_reliability;
    CoveragePlot* m_coverage;
    QLabel* m_calibration;
    QLabel* m_novelty;
    QTableWidget* m_scores;
    QCheckBox* m_temperature;
    QCheckBox* m_threshold;
    QComboBox* m_score;
    QPushButton* m_keep;
    QLabel* m_kept;
    std::optional<TrustReport> m_report;
    QString m_whyNotKeep;
};

} // namespace ocellus
