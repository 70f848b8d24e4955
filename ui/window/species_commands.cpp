// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/species_commands.h"

#include "ui/compare/class_chooser.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/methods_comparison.h"
#include "ui/document/document.h"
#include "ui/evaluation/evaluation_page.h"
#include "ui/prediction/prediction_page.h"
#include "ui/window/limit_commands.h"
#include "ui/window/species_pages.h"
#include "ui/window/window_pages.h"
#include "ui/window/workspaces.h"

namespace ocellus {

SpeciesCommands::SpeciesCommands(Document& document, WindowPages& pages, Workspaces& workspaces, LimitCommands& limits,
                                 QObject* parent)
    : QObject(parent),
      m_document(document),
      m_pages(pages),
      m_workspaces(workspaces)
{
    const EvaluationPage* evaluation = pages.species()->evaluation();
    connect(evaluation, &EvaluationPage::comparisonRequested, this, &SpeciesCommands::compareClasses);
    connect(evaluation, &EvaluationPage::modelsRequested, this, &SpeciesCommands::compareModels);
    connect(evaluation, &EvaluationPage::confusionsKnown, this,
            [this, &limits](const std::vector<ConfusedPair>& pairs) {
                m_pages.classes()->chooser()->setEvaluation(pairs);
                m_pages.methods()->chooser()->setEvaluation(pairs);
                limits.setConfusions(pairs);
            });
    connect(pages.species()->prediction(), &PredictionPage::mapsRequested, this, &SpeciesCommands::showMaps);
}

void SpeciesCommands::showPicture(const std::filesystem::path& picture)
{
    m_document.addPictures({{picture, picture.filename(), picture.parent_path().filename().string()}});
}

void SpeciesCommands::compareClasses(const std::filesystem::path& picture, const QList<int>& classes)
{
    showPicture(picture);
    m_document.setCurrentClass(classes.first());
    m_pages.classes()->setClasses(classes);
    m_workspaces.showPage(m_pages.classes());
}

void SpeciesCommands::compareModels(const std::filesystem::path& picture, const std::filesystem::path& second)
{
    showPicture(picture);
    m_pages.methods()->openSecond(second);
    m_workspaces.showPage(m_pages.methods());
}

void SpeciesCommands::showMaps(const std::filesystem::path& picture, int classIndex)
{
    showPicture(picture);
    if (classIndex >= 0 && classIndex < m_document.classCount())
        m_document.setCurrentClass(classIndex);
    m_workspaces.show(WorkspaceId::Look);
}

} // namespace ocellus
