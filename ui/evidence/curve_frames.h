// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QImage>
#include <QObject>

#include "core/explain/curve_trial.h"
#include "ui/engine/batch_run.h"
#include "ui/evidence/evidence_job.h"

namespace ocellus {

/// The pictures that a model was asked about along a curve, made anew when somebody wants to see them.
class CurveFrames : public QObject {
    Q_OBJECT

public:
    /// `controller` must outlive it.
    explicit CurveFrames(EngineController& controller, QObject* parent = nullptr);

    /// Of a curve that was found for the request's subject by a test with those settings; the newest wins.
    void ask(const EvidenceRequest& request, const EvidenceTask& task, const std::string& settings);
    void forget();

signals:
    void ready(const std::vector<QImage>& frames);

private:
    BatchRun m_batch;
};

} // namespace ocellus
