// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include <QList>
#include <QWidget>

#include "ui/engine/failure.h"
#include "ui/engine/thumbnail_store.h"
#include "ui/evaluation/evaluation_run.h"
#include "ui/files/file_dialogs.h"

class QLabel;
class QPushButton;
class QTabWidget;

namespace ocellus {

class Banner;
class ClassResults;
class ConfusionPane;
class DatasetDocument;
class Document;
class EvaluationForm;
class EvaluationStudy;
class LiveAnswer;
class ModelComparisonPane;
class OpenOffer;
class Settings;
class TrustPane;

/// How good the model that is open is on pictures whose species is known, and what it takes for what.
class EvaluationPage : public QWidget {
    Q_OBJECT

public:
    /// All of them must outlive the page.
    EvaluationPage(Document& document, LiveAnswer& answer, DatasetDocument& dataset, Settings& settings,
                   AskForFiles ask, QWidget* parent = nullptr);

    EvaluationForm* form() const { return m_form; }
    ConfusionPane* confusions() const { return m_confusions; }
    ClassResults* classes() const { return m_classes; }
    TrustPane* trust() const { return m_trust; }
    ModelComparisonPane* comparison() const { return m_comparison; }
    EvaluationStudy* study() const { return m_study; }
    ThumbnailStore& thumbnails() { return m_thumbnails; }

    /// What was found; null: nothing yet. `names` by class index.
    void showFindings(const std::shared_ptr<const EvaluationFindings>& findings, const QStringList& names);
    /// Why what is shown is not of what is open now; empty where it is.
    void setStale(const QString& why);
    QString headline() const; ///< the accuracy in words
    QString staleText() const;
    void setNote(const QString& note); ///< what went wrong; empty takes it away
    QString note() const;

signals:
    void done(const QString& what);
    void failed(const ocellus::Failure& failure);
    void exportRequested();
    /// Classes of the open model beside each other in a picture, in Compare.
    void comparisonRequested(const std::filesystem::path& picture, const QList<int>& classes);
    /// The open model's maps of a picture beside those of another checkpoint.
    void modelsRequested(const std::filesystem::path& picture, const std::filesystem::path& second);
    /// The confusions of the open model are known.
    void confusionsKnown(const std::vector<ocellus::ConfusedPair>& pairs);

private:
    void layOut();

    ThumbnailStore m_thumbnails;
    EvaluationForm* m_form;
    QLabel* m_headline;
    QLabel* m_subject;
    Banner* m_stale;
    Banner* m_note;
    QLabel* m_invitation;
    QPushButton* m_export;
    QTabWidget* m_tabs;
    ConfusionPane* m_confusions;
    ClassResults* m_classes;
    TrustPane* m_trust;
    ModelComparisonPane* m_comparison;
    EvaluationStudy* m_study;
};

} // namespace ocellus
