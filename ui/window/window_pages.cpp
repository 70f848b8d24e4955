// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_pages.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ui/compare/before_after_view.h"
#include "ui/compare/class_chooser.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/consistency_view.h"
#include "ui/compare/context_comparison.h"
#include "ui/compare/control_study.h"
#include "ui/compare/controls_panel.h"
#include "ui/compare/layer_comparison.h"
#include "ui/compare/methods_comparison.h"
#include "ui/compare/models_comparison.h"
#include "ui/compare/picture_grid.h"
#include "ui/compare/similarity_view.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/engine/paths.h"
#include "ui/experiment/experiment_page.h"
#include "ui/experiment/experiment_results.h"
#include "ui/experiment/experiment_section.h"
#include "ui/experiment/experiment_study.h"
#include "ui/experiment/experiment_table_model.h"
#include "ui/figures/report_sections.h"
#include "ui/widgets/matrix_view.h"
#include "ui/window/central_view.h"
#include "ui/window/experiment_commands.h"
#include "ui/window/heads_page.h"
#include "ui/window/report_page.h"
#include "ui/window/species_pages.h"

namespace ocellus {

WindowPages::WindowPages(Document& document, LiveAnswer& answer, Settings& settings, AskForFiles ask,
                         CentralView& centre)
    : QObject(&centre),
      m_settings(settings),
      m_ask(std::move(ask)),
      m_centre(centre),
      m_beforeAfter(new BeforeAfterView(document, answer, &centre)),
      m_classes(new ClassComparison(document, answer, &centre)),
      m_methods(new MethodsComparison(document, answer, &centre)),
      m_models(new ModelsComparison(document, answer, &centre)),
      m_pictures(new PictureGrid(document, answer, &centre)),
      m_experiment(new ExperimentPage(&centre)),
      m_controls(new ControlsPanel(&centre)),
      m_report(new ReportPage(&centre))
{
    add(m_beforeAfter, tr("Before and after"));
    auto* context = new ContextComparison(document, answer, &centre);
    auto* layers = new LayerComparison(document, answer, &centre);
    auto* consistency = new ConsistencyView(document, answer, &centre);
    add(m_classes, tr("Classes"));
    add(context, tr("Context"));
    add(layers, tr("Layers"));
    add(consistency, tr("Consistency"));
    add(m_pictures, tr("Pictures"));
    m_comparisons = {m_classes, m_pictures, m_methods, m_models, layers, context, consistency};
    addExperiments(document, answer);
    m_centre.addPage(m_report, tr("Contents of the report"));
    add(m_methods, tr("Methods"));
    add(m_models, tr("Models"));
    m_similarity = new SimilarityView(document, answer, &centre);
    m_centre.addPage(m_similarity, tr("Similar patches"));
    m_comparisons << m_similarity;
    m_species = new SpeciesPages(document, answer, settings, m_ask, centre);
    connect(m_similarity, &SimilarityView::changed, this, [this] {
        if (m_similarity == m_centre.currentPage())
            emit matrixChanged();
    });
    connectClasses();
    connectMethods(document);
    connectModels(document);
    connect(&centre, &CentralView::pageChanged, this, &WindowPages::matrixChanged);
    connect(this, &WindowPages::matrixChanged, this, &WindowPages::keptChanged);
    connect(m_controls, &ControlsPanel::resultChanged, this, &WindowPages::keptChanged);
}

void WindowPages::add(ComparePage* page, const QString& title)
{
    m_centre.addPage(page, title);
    page->setAccessibleName(title);
    m_pages.push_back(page);
    connect(page, &ComparePage::noteRequested, this, &WindowPages::noteRequested);
    connect(page->view(), &MatrixView::changed, this, [this, page] {
        if (page == m_centre.currentPage())
            emit matrixChanged();
    });
}

void WindowPages::addExperiments(Document& document, LiveAnswer& answer)
{
    m_centre.addPage(m_experiment, tr("All pictures"));
    m_centre.addPage(m_controls, tr("Controls"));
    m_controlStudy = new ControlStudy(document, answer, *m_controls, this);
    connect(m_controlStudy, &ControlStudy::failed, this, &WindowPages::failed);
    connect(m_controlStudy, &ControlStudy::keptChanged, this, &WindowPages::findingsChanged);
    connect(m_controlStudy, &ControlStudy::keptChanged, this, &WindowPages::keptChanged);
    connect(m_controlStudy, &ControlStudy::noticed, &document, &Document::noticed);
    m_study = new ExperimentStudy(document, answer, *m_experiment, this);
    connect(m_study, &ExperimentStudy::failed, this, &WindowPages::failed);
    connect(m_study, &ExperimentStudy::keptChanged, this, &WindowPages::findingsChanged);
    connect(m_experiment->results()->rows(), &QAbstractItemModel::rowsInserted, this, &WindowPages::matrixChanged);
    connect(m_experiment->results()->rows(), &QAbstractItemModel::modelReset, this, &WindowPages::matrixChanged);
    auto* files = new ExperimentCommands(*m_experiment, *m_study, m_settings, m_ask, this);
    connect(files, &ExperimentCommands::failed, this, &WindowPages::failed);
}

void WindowPages::connectClasses()
{
    connect(m_classes, &ClassComparison::failed, this, &WindowPages::failed);
    connect(m_classes, &ClassComparison::evaluationWanted, this,
            [this] { askForEvaluation([this](const auto& path) { m_classes->loadEvaluation(path); }); });
}

void WindowPages::askForEvaluation(std::function<void(const std::filesystem::path&)> load)
{
    m_ask(&m_centre,
          {FileQuestion::Kind::OpenFile,
           tr("Confused pairs of an evaluation"),
           m_settings.text(Setting::LastFolder),
           tr("Confused pairs (*.csv)"),
           {}},
          [load = std::move(load)](const QStringList& paths) {
              if (!paths.isEmpty())
                  load(toPath(paths.first()));
          });
}

void WindowPages::connectMethods(const Document& document)
{
    connect(m_methods, &MethodsComparison::failed, this, &WindowPages::failed);
    connect(m_methods, &MethodsComparison::evaluationWanted, this,
            [this] { askForEvaluation([this](const auto& path) { m_methods->chooser()->loadEvaluation(path); }); });
    connect(m_methods, &MethodsComparison::secondWanted, this, [this, &document] {
        m_ask(&m_centre,
              {FileQuestion::Kind::OpenFile,
               tr("Second model"),
               toQString(document.checkpoint().parent_path()),
               tr("Checkpoints (*.pth *.pt *.ckpt *.safetensors *.bin);;All files (*)"),
               {}},
              [this](const QStringList& paths) {
                  if (!paths.isEmpty())
                      m_methods->openSecond(toPath(paths.first()));
              });
    });
}

void WindowPages::connectModels(const Document& document)
{
    connect(m_models, &ModelsComparison::failed, this, &WindowPages::failed);
    connect(m_models, &ModelsComparison::modelRemoved, this, &WindowPages::done);
    connect(m_models, &ModelsComparison::modelsWanted, this, [this, &document] {
        m_ask(&m_centre,
              {FileQuestion::Kind::OpenFiles,
               tr("Models beside the open one"),
               toQString(document.checkpoint().parent_path()),
               tr("Checkpoints (*.pth *.pt *.ckpt *.safetensors *.bin);;All files (*)"),
               {}},
              [this](const QStringList& paths) {
                  std::vector<std::filesystem::path> checkpoints;
                  for (const QString& path : paths)
                      checkpoints.push_back(toPath(path));
                  m_models->addModels(checkpoints);
              });
    });
}

void WindowPages::setTileTextSize(int points)
{
    for (ComparePage* page : m_pages)
        page->setTileTextSize(points);
}

void WindowPages::offer(const std::vector<OpenOffer::Choice>& choices)
{
    for (ComparePage* page : m_pages)
        page->view()->setChoices(choices);
    if (choices.empty() && m_editing.action)
        m_beforeAfter->view()->setChoices({m_editing});
    m_similarity->setChoices(choices);
    m_experiment->setChoices(choices);
    m_report->setChoices(choices);
}

std::optional<MapMatrix> WindowPages::matrix() const
{
    for (const ComparePage* page : m_pages)
        if (page == m_centre.currentPage())
            return page->matrix();
    return std::nullopt;
}

ShownView WindowPages::shownView() const
{
    if (m_centre.currentPage() == m_centre.heads())
        return m_centre.heads()->shownView();
    ShownView view{{}, matrix(), {}, {}};
    if (m_centre.currentPage() == m_similarity)
        view.patches = m_similarity->patches();
    if (view.patches)
        view.matrix = view.patches->matrix();
    if (view.matrix) // else tiles are exported
        view.name = m_centre.currentTitle();
    return view;
}

ShownView WindowPages::shownPictures() const
{
    ShownView view = shownView();
    if (m_centre.currentPage() == m_experiment)
        view = {m_centre.currentTitle(), m_study->matrix(), {}, {}};
    return view;
}

std::vector<KeptResult> WindowPages::kept() const
{
    std::vector<KeptResult> kept;
    // What is before and after an edit stands with its picture.
    for (const ComparePage* page : m_pages)
        if (const auto matrix = page->matrix(); matrix && page != m_beforeAfter && matrix->firstExplanation(false))
            kept.push_back(keptComparison(*page, *matrix));
    if (m_experiment->results()->rows()->rowCount() > 0)
        kept.push_back(keptExperiment());
    std::ranges::move(keptControls(), std::back_inserter(kept));
    return kept;
}

SessionFindings WindowPages::findings() const
{
    return {m_study->kept(), m_controlStudy->kept()};
}

void WindowPages::restore(const SessionFindings& findings)
{
    m_study->restore(findings.experiment);
    m_controlStudy->restore(findings.controls);
}

KeptResult WindowPages::keptComparison(const ComparePage& page, const MapMatrix& matrix) const
{
    const bool isOfNow = !page.isOutOfDate() && !matrix.firstExplanation(false)->stale;
    return {tr("Comparison: %1").arg(page.accessibleName()), matrix.title,
            isOfNow ? tr("as shown")
                    : tr("as its page was shown last; what is shown has changed since, and the page follows when it is "
                         "opened"),
            [matrix] { return sectionOf(matrix); }};
}

KeptResult WindowPages::keptExperiment() const
{
    std::vector<ExperimentRow> rows;
    for (const ExperimentFinding& finding : m_experiment->results()->rows()->findings())
        rows.push_back(finding.row);
    return {tr("Experiment"), QString::fromStdString(describe(m_study->recipe())), m_study->state(),
            [report = m_study->reporter(), rows = std::move(rows)]() mutable { return sectionOf(report(), rows); }};
}

std::vector<KeptResult> WindowPages::keptControls() const
{
    std::vector<KeptResult> kept;
    for (const ControlStudy::Known& known : m_controlStudy->known())
        kept.push_back(
            {tr("Controls"), QStringLiteral("%1: %2").arg(known.result.picture, known.result.edit),
             known.outOfDate.isEmpty() ? tr("of the picture as it is") : tr("out of date: %1").arg(known.outOfDate),
             [result = known.result, measure = m_controls->measure()] { return sectionOf(result, measure); }});
    return kept;
}

} // namespace ocellus
