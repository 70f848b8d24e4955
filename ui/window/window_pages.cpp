// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_pages.h"

#include <utility>

#include "ui/compare/before_after_view.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/consistency_view.h"
#include "ui/compare/context_comparison.h"
#include "ui/compare/layer_comparison.h"
#include "ui/compare/picture_grid.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/engine/paths.h"
#include "ui/experiment/experiment_page.h"
#include "ui/experiment/experiment_study.h"
#include "ui/window/central_view.h"
#include "ui/window/experiment_commands.h"

namespace ocellus {

WindowPages::WindowPages(Document& document, LiveAnswer& answer, Settings& settings, AskForFiles ask,
                         CentralView& centre)
    : QObject(&centre),
      m_settings(settings),
      m_ask(std::move(ask)),
      m_centre(centre),
      m_beforeAfter(new BeforeAfterView(document, answer, &centre)),
      m_experiment(new ExperimentPage(&centre))
{
    add(m_beforeAfter, tr("Before and After"));
    auto* classes = new ClassComparison(document, answer, &centre);
    add(classes, tr("Classes"));
    add(new ContextComparison(document, answer, &centre), tr("Context"));
    add(new LayerComparison(document, answer, &centre), tr("Layers"));
    add(new ConsistencyView(document, answer, &centre), tr("Consistency"));
    add(new PictureGrid(document, answer, &centre), tr("Pictures"));
    addExperiment(document, answer);
    connectClasses(classes);
}

void WindowPages::add(ComparePage* page, const QString& title)
{
    m_centre.addPage(page, title);
    m_pages.push_back(page);
    connect(page, &ComparePage::noteRequested, this, &WindowPages::noteRequested);
}

void WindowPages::addExperiment(Document& document, LiveAnswer& answer)
{
    m_centre.addPage(m_experiment, tr("Experiment"));
    auto* study = new ExperimentStudy(document, answer, *m_experiment, this);
    auto* files = new ExperimentCommands(*m_experiment, *study, m_settings, m_ask, this);
    connect(files, &ExperimentCommands::failed, this, &WindowPages::failed);
}

void WindowPages::connectClasses(ClassComparison* classes)
{
    connect(classes, &ClassComparison::failed, this, &WindowPages::failed);
    connect(classes, &ClassComparison::evaluationWanted, this, [this, classes] {
        m_ask(&m_centre,
              {FileQuestion::Kind::OpenFile,
               tr("Confused Pairs of an Evaluation"),
               m_settings.text(Setting::LastFolder),
               tr("Confused pairs (*.csv)"),
               {}},
              [classes](const QStringList& paths) {
                  if (!paths.isEmpty())
                      classes->loadEvaluation(toPath(paths.first()));
              });
    });
}

void WindowPages::setTileTextSize(int points)
{
    for (ComparePage* page : m_pages)
        page->setTileTextSize(points);
}

std::optional<MapMatrix> WindowPages::matrix() const
{
    for (const ComparePage* page : m_pages)
        if (page == m_centre.currentPage())
            return page->matrix();
    return std::nullopt;
}

} // namespace ocellus
