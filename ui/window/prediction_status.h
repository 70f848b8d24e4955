// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QWidget>

#include "ui/engine/pace_estimate.h"

class QProgressBar;
class QToolButton;

namespace ocellus {

class ElidedLabel;
class PredictionQueue;

/// How far the classifying of the listed pictures is and how long it will go on, with a way to pause it; hidden while
/// none waits.
class PredictionStatus : public QWidget {
    Q_OBJECT

public:
    explicit PredictionStatus(PredictionQueue& queue, QWidget* parent = nullptr);

private:
    void refresh();

    PredictionQueue& m_queue;
    ElidedLabel* m_text;
    QProgressBar* m_progress;
    QToolButton* m_pause;
    QElapsedTimer m_clock;
    PaceEstimate m_pace;
};

} // namespace ocellus
