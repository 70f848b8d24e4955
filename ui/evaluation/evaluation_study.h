// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include <QElapsedTimer>
#include <QObject>

#include "core/evaluation/comparison_report.h"
#include "ui/engine/exporter.h"
#include "ui/engine/pace_estimate.h"
#include "ui/evaluation/evaluation_form.h"
#include "ui/evaluation/evaluation_run.h"
#include "ui/evaluation/evaluation_source.h"
#include "ui/files/file_dialogs.h"

namespace ocellus {

class DatasetDocument;
class Document;
class EvaluationPage;
class LiveAnswer;
class Settings;

/// Lets an EvaluationPage ask models about pictures whose species is known, and
/// knows what its results are of.
class EvaluationStudy : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive this; the page is its parent.
    EvaluationStudy(Document& document, LiveAnswer& answer, DatasetDocument& dataset, Settings& settings,
                    AskForFiles ask, EvaluationPage& page);

    EvaluationSource& source() { return m_source; }
    void setUnusual(const std::filesystem::path& folder); ///< empty: none

    void start();
    void cancel();
    bool isRunning() const { return m_run.isRunning() || m_second.isRunning(); }
    /// The same pictures by another checkpoint.
    void compareWith(const std::filesystem::path& checkpoint);

    /// Null before the first result.
    const std::shared_ptr<const EvaluationFindings>& findings() const { return m_findings; }
    const std::optional<ComparisonReport>& comparison() const { return m_comparison; }
    void keepTrustWithModel();
    /// Everything below a new folder in it.
    void exportInto(const std::filesystem::path& folder);

private:
    void connectForm();
    void connectRuns();
    void connectDocument();
    void connectPage();
    void askForSource(EvaluationForm::Source source);
    void askForUnusual(bool any);
    void askForFolder(const QString& title, std::function<void(const std::filesystem::path&)> answer);
    void update();
    QString whyNotStartable() const;
    QString whyStale() const;
    EvaluationRun::Wish wishFor(const std::filesystem::path& checkpoint) const;
    void showProgress(int done, int total);
    void take(const std::shared_ptr<const EvaluationFindings>& findings);
    void takeSecond(const std::shared_ptr<const EvaluationFindings>& findings);
    void end(const QString& note);
    void tellOfCrop();
    bool isOfOpenModel() const;
    bool isOfOpenDataset() const;

    Document& m_document;
    DatasetDocument& m_dataset;
    Settings& m_settings;
    AskForFiles m_ask;
    EvaluationPage& m_page;
    EvaluationSource m_source;
    std::filesystem::path m_unusual;
    EvaluationRun m_run;
    EvaluationRun m_second;
    EvaluationRun::Wish m_wish; ///< of what runs or ran last
    std::shared_ptr<const EvaluationFindings> m_findings;
    ViewRequest m_foundBy;
    bool m_asksOpenDataset = false;
    bool m_foundInOpenDataset = false;
    std::optional<ComparisonReport> m_comparison;
    PaceEstimate m_pace;
    QElapsedTimer m_clock;
    Exporter m_exporter;
};

} // namespace ocellus
