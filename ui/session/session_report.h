// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include <QObject>

#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/engine/batch_run.h"
#include "ui/figures/report_writer.h"
#include "ui/session/report_plan.h"

namespace ocellus {

/// Explains the pictures of a session once more, in the background, and puts them into a report.
class SessionReport : public QObject {
    Q_OBJECT

public:
    /// `document` must outlive the report.
    SessionReport(const Document& document, const LiveAnswer& answer, QObject* parent = nullptr);

    /// With the document's model, notes and style of now. One that still runs is cancelled first. `file` is the
    /// session's, or empty.
    void start(const ReportPlan& plan, const std::filesystem::path& file);
    void cancel() { m_run.cancel(); }
    bool isRunning() const { return m_run.isRunning(); }

signals:
    void started();
    void progressed(int done, int total);
    void finished(const ocellus::Report& report);
    void cancelled(); ///< by the user, or because the model or the input changed

private:
    void addFailure(const Failure& failure);
    void finish();

    const Document& m_document;
    const LiveAnswer& m_answer;
    Report m_report;
    BatchRun m_run;
};

} // namespace ocellus
