// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

#include "ui/dataset/dataset_document.h"
#include "ui/engine/failure.h"
#include "ui/files/file_dialogs.h"

class QAction;
class QWidget;

namespace ocellus {

class CentralView;
class DatasetPage;
class Document;
class EvaluationPage;
class LiveAnswer;
class PredictionPage;
class Settings;
class TrainingPage;

/// The pages on which a model of the user's own species comes about and is used, over one data set.
class SpeciesPages : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive the pages, which `centre` owns.
    SpeciesPages(Document& document, LiveAnswer& answer, Settings& settings, const AskForFiles& ask,
                 CentralView& centre);

    /// In the order of their tabs.
    QList<QWidget*> all() const;

    /// True where nothing would be lost. Else the user is asked, and closeApproved() follows or not.
    bool mayClose();

    DatasetDocument& data() { return m_data; }
    DatasetPage* dataset() const { return m_dataset; }
    TrainingPage* training() const { return m_training; }
    EvaluationPage* evaluation() const { return m_evaluation; }
    PredictionPage* prediction() const { return m_prediction; }

signals:
    void closeApproved();
    void done(const QString& what);
    void wrote(const QString& what, QAction* wayToOpen);
    void failed(const ocellus::Failure& failure);

private:
    template <typename Page>
    void add(CentralView& centre, Page* page, const QString& title);

    DatasetDocument m_data;
    DatasetPage* m_dataset;
    TrainingPage* m_training;
    EvaluationPage* m_evaluation;
    PredictionPage* m_prediction;
};

} // namespace ocellus
