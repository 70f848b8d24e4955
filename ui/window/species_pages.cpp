// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/species_pages.h"

#include "ui/dataset/dataset_files.h"
#include "ui/dataset/dataset_page.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/evaluation/evaluation_page.h"
#include "ui/prediction/prediction_page.h"
#include "ui/training/training_page.h"
#include "ui/window/central_view.h"

namespace ocellus {

SpeciesPages::SpeciesPages(Document& document, LiveAnswer& answer, Settings& settings, const AskForFiles& ask,
                           CentralView& centre)
    : QObject(&centre),
      m_dataset(new DatasetPage(m_data, settings, ask, &centre)),
      m_training(new TrainingPage(m_data, settings, ask, &centre)),
      m_evaluation(new EvaluationPage(document, answer, m_data, settings, ask, &centre)),
      m_prediction(new PredictionPage(document, answer, m_data, settings, ask, &centre))
{
    add(centre, m_dataset, tr("Data set"));
    add(centre, m_training, tr("Training"));
    add(centre, m_evaluation, tr("Evaluation"));
    add(centre, m_prediction, tr("Prediction"));
    connect(m_training, &TrainingPage::modelRequested, &document, &Document::openCheckpoint);
    connect(m_training, &TrainingPage::wrote, this, &SpeciesPages::wrote);
    connect(m_dataset->files(), &DatasetFiles::closeApproved, this, &SpeciesPages::closeApproved);
}

template <typename Page>
void SpeciesPages::add(CentralView& centre, Page* page, const QString& title)
{
    centre.addPage(page, title);
    page->setAccessibleName(title);
    connect(page, &Page::done, this, &SpeciesPages::done);
    connect(page, &Page::failed, this, &SpeciesPages::failed);
}

bool SpeciesPages::mayClose()
{
    return m_dataset->files()->mayClose();
}

QList<QWidget*> SpeciesPages::all() const
{
    return {m_dataset, m_training, m_evaluation, m_prediction};
}

} // namespace ocellus
