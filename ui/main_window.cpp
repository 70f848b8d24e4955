// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QStatusBar>
#include <QToolBar>

#include "ui/compare/head_notes_panel.h"
#include "ui/dataset/dataset_files.h"
#include "ui/dataset/dataset_page.h"
#include "ui/document/setting_groups.h"
#include "ui/engine/paths.h"
#include "ui/panels/classes_panel.h"
#include "ui/panels/glossary_dialog.h"
#include "ui/panels/intervention_panel.h"
#include "ui/panels/keys_dialog.h"
#include "ui/panels/pictures_panel.h"
#include "ui/panels/settings_dialog.h"
#include "ui/style/theme.h"
#include "ui/tools/painting.h"
#include "ui/tour/tour.h"
#include "ui/tree/tree_panel.h"
#include "ui/widgets/colour_bar_widget.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/wheel_guard.h"
#include "ui/window/about.h"
#include "ui/window/central_view.h"
#include "ui/window/context_menus.h"
#include "ui/window/default_workspaces.h"
#include "ui/window/drop_target.h"
#include "ui/window/edit_commands.h"
#include "ui/window/event_log.h"
#include "ui/window/evidence_commands.h"
#include "ui/window/figure_commands.h"
#include "ui/window/file_commands.h"
#include "ui/window/gestures.h"
#include "ui/window/heads_page.h"
#include "ui/window/limit_commands.h"
#include "ui/window/prototype_commands.h"
#include "ui/window/report_contents.h"
#include "ui/window/report_page.h"
#include "ui/window/result_commands.h"
#include "ui/window/second_view.h"
#include "ui/window/session_commands.h"
#include "ui/window/species_commands.h"
#include "ui/window/species_pages.h"
#include "ui/window/state_strip.h"
#include "ui/window/status_readout.h"
#include "ui/window/task_status.h"
#include "ui/window/view_commands.h"
#include "ui/window/window_docks.h"
#include "ui/window/window_pages.h"
#include "ui/window/workspace_bar.h"
#include "ui/window/workspace_commands.h"
#include "ui/window/workspaces.h"

namespace ocellus {

namespace {

constexpr int readingTime = 8000;      // milliseconds
constexpr double ShareOfScreen = 0.92; // of its width and height, at first

/// What undoes or avoids a failure of each step.
std::optional<Command> wayOutOf(Step step)
{
    switch (step) {
    case Step::Device: return Command::OpenSettings;
    case Step::Model: return Command::OpenCheckpoint;
    case Step::ClassTable: return Command::LoadClassTable;
    case Step::Picture: return Command::OpenPictures;
    case Step::Explain: return Command::OpenSettings;
    case Step::Edit: return std::nullopt;
    case Step::Export: return Command::ExportFigure;
    case Step::Session: return Command::OpenSession;
    case Step::Dataset:
    case Step::Training: return std::nullopt; // their pages have the way out beside them
    }
    return std::nullopt;
}

QString textOf(const Failure& failure)
{
    return failure.wayOut.isEmpty() ? summary(failure) : summary(failure) + QLatin1Char('\n') + failure.wayOut;
}

} // namespace

MainWindow::MainWindow(Settings& settings, AskForFiles ask, const std::filesystem::path& sample)
    : m_settings(settings),
      m_document(settings),
      m_interventions(m_document),
      m_removals(m_document, m_interventions),
      m_answer(m_document, settings, m_controller),
      m_pictures(m_document, settings, m_controller),
      m_centre(new CentralView(m_view, this)),
      m_painting(new Painting(m_document.editor(), *m_centre->imageView(), this)),
      m_docks(new WindowDocks(m_document, m_interventions, m_answer, m_pictures, m_view, settings, this)),
      m_edits(new EditCommands(m_document, m_interventions, m_removals, m_actions, ask, this)),
      m_pages(new WindowPages(m_document, m_answer, settings, ask, *m_centre)),
      m_files(new FileCommands(m_document, m_answer, m_pictures, m_removals, settings, ask, sample, this)),
      m_figures(new FigureCommands(
          m_document, m_answer, settings, ask, [this] { return m_pages->shownPictures(); }, this)),
      m_limits(new LimitCommands(m_document, ask, this)),
      m_sessions(new SessionCommands(m_document, m_answer, settings, ask, this)),
      m_status(new StatusReadout(m_document, m_answer, m_actions.at(Command::Cancel), m_actions.at(Command::AskAgain),
                                 statusBar())),
      m_task(new TaskStatus(this)),
      m_report(new ReportContents(
          m_sessions->work(), [this] { return m_pages->kept(); }, this)),
      m_results(new ResultCommands(m_document, m_answer, settings, m_sessions->work(), *m_report, ask, *m_task, this)),
      m_evidence(
          std::make_unique<EvidenceCommands>(m_document, m_answer, settings, *m_docks, m_actions, m_sessions->work())),
      m_prototypes(std::make_unique<PrototypeCommands>(m_document, m_answer, settings, std::move(ask),
                                                       *m_centre->heads(), m_actions, this)),
      m_log(new EventLog(m_document, m_answer, m_docks->log())),
      m_workspaceBar(new WorkspaceBar(this)),
      m_tour(std::make_unique<Tour>(m_document, m_answer, m_pictures, m_view, settings, *m_centre->tour(), sample))
{
    new WheelGuard(this);
    setAcceptDrops(true);
    setCentralWidget(m_centre);
    m_docks->classes()->addLimits(m_limits->actions());
    m_actions.fill(menuBar(), m_docks->classes()->limitActions());
    addToolBar(m_workspaceBar);
    QToolBar* bar = addToolBar(tr("Main tools"), QStringLiteral("tools"));
    m_actions.fill(bar);
    m_actions.pages()->addActions(m_centre->pageActions());
    m_docks->fill(m_actions.panels());
    m_actions.panels()->addAction(bar->toggleViewAction());
    m_actions.exports()->addSeparator();
    m_actions.exports()->addActions(m_results->actions());
    statusBar()->addPermanentWidget(m_task);
    m_docks->connectTo(*m_files);
    m_files->connectTo(m_actions);
    m_files->setView([this] { return m_pages->shownView(); });
    m_files->setEvidence([this] { return m_evidence->study().explanationWithPart(); });
    connect(m_actions.at(Command::FigureForPaper), &QAction::triggered, m_figures, &FigureCommands::open);
    connect(m_pages, &WindowPages::matrixChanged, m_figures, &FigureCommands::follow);
    m_results->connectTo(*m_docks->effects());
    m_results->connectTo(*m_pages->controls());
    m_views = new ViewCommands(m_document, m_answer, m_pictures.predictions(), settings, *m_centre, m_view, m_actions);
    m_second = new SecondView(m_view, settings, m_actions.at(Command::SecondView),
                              m_actions.all() + m_painting->actions(), this);
    connect(m_views, &ViewCommands::displayChanged, this,
            [this](const QString& what) { statusBar()->showMessage(what, readingTime); });
    connectViews();
    connectMessages();
    connectHelp();
    connectTour();
    connectPainting();
    connectWorkspaces();
    auto* comparing = new DropTarget(m_document, *m_pages, *m_workspaces, m_centre);
    comparing->takeOn(*m_docks->pictures()->list());
    comparing->takeOn(*m_docks->classes()->list());
    new ContextMenus(
        {m_document, m_actions, *m_docks, *m_pages, *m_workspaces, m_painting->commands(), *comparing, m_answer}, this);
    connectSessions();
    restoreLayout();
    applyTheme(settingsValues(settings).theme);
    setTileTextSize();
    updateView();
    m_tour->offer();
    m_sessions->offerLostWork();
}

MainWindow::~MainWindow()
{
    m_tour.reset();
    delete m_sessions; // it writes the journal until its end
    m_evidence.reset();
    m_prototypes.reset();
    delete m_painting; // it lies on the picture
    // They use the members, which go before QObject deletes its children. One may take another with it.
    while (QWidget* child = findChild<QWidget*>({}, Qt::FindDirectChildrenOnly))
        delete child;
}

void MainWindow::open(const std::vector<std::filesystem::path>& paths)
{
    if (paths.empty())
        openAtStart();
    else
        m_files->open(paths);
}

void MainWindow::openAtStart()
{
    const StartWith start = settingsValues(m_settings).startWith;
    const QStringList sessions = m_settings.value(Setting::RecentSessions).toStringList();
    if (start == StartWith::LastSession && !sessions.isEmpty())
        m_sessions->open(toPath(sessions.front()));
    else if (start != StartWith::Nothing)
        m_files->openSample();
}

void MainWindow::connectViews()
{
    m_centre->heads()->setClassNames([this](int classIndex) { return m_document.classNames().label(classIndex); });
    connect(&m_answer, &LiveAnswer::explanationChanged, this, &MainWindow::scheduleUpdate);
    connect(&m_answer, &LiveAnswer::busyChanged, this, &MainWindow::offerWhatIsMissing);
    connect(&m_document, &Document::headChanged, this, &MainWindow::scheduleUpdate);
    connect(&m_document, &Document::currentPictureChanged, &m_view, &LinkedView::clearCrosshair);
    connect(&m_view, &LinkedView::cellHovered, m_status, &StatusReadout::showCell);
    connect(&m_view, &LinkedView::hoverLeft, m_status, &StatusReadout::clearCell);
    connect(m_actions.at(Command::NextMisclassified), &QAction::triggered, m_docks->pictures(),
            &PicturesPanel::chooseNextMisclassified);
    connect(m_actions.at(Command::PreviousPicture), &QAction::triggered, m_docks->pictures(),
            [this] { m_docks->pictures()->chooseNeighbour(-1); });
    connect(m_actions.at(Command::NextPicture), &QAction::triggered, m_docks->pictures(),
            [this] { m_docks->pictures()->chooseNeighbour(1); });
    connect(m_actions.at(Command::FindClass), &QAction::triggered, this, [this] {
        m_docks->reveal(m_docks->classes());
        m_docks->classes()->focusFilter();
    });
    auto* states = new StateStrip(m_document, m_answer, m_settings, m_centre);
    states->addChips(*m_centre->heads()->chips());
    states->addChips(*m_centre->chips());
    for (const ColourBarWidget* bar : m_centre->findChildren<ColourBarWidget*>())
        connect(bar, &ColourBarWidget::displayRequested, this, [this, bar] { m_docks->showDisplay(*bar); });
    connect(m_actions.at(Command::ShowDisplay), &QAction::triggered, this, &MainWindow::showDisplay);
    connect(m_pages, &WindowPages::noteRequested, m_docks->notes(), &HeadNotesPanel::ask);
    connect(m_centre->heads()->tree(), &TreePanel::branchChosen, m_docks->intervention(),
            [this] { m_docks->intervention()->setNode(m_centre->heads()->tree()->branchOffWay().value_or(-1)); });
    connect(m_actions.at(Command::Quit), &QAction::triggered, this, &QWidget::close);
    connect(&m_settings, &Settings::changed, this, [this](Setting setting) {
        if (setting == Setting::Theme)
            applyTheme(settingsValues(m_settings).theme);
        if (setting == Setting::TileTextSize)
            setTileTextSize();
    });
}

/// At the colour bar that is in sight, else in the middle.
void MainWindow::showDisplay()
{
    const auto bars = m_centre->findChildren<ColourBarWidget*>();
    const auto found = std::ranges::find_if(bars, &QWidget::isVisible);
    m_docks->showDisplay(found == bars.end() ? static_cast<const QWidget&>(*m_centre) : **found);
}

void MainWindow::connectMessages()
{
    // Queued: what a session's own findings have to say comes after the news that it is open, which would hide it.
    connect(m_pages, &WindowPages::failed, this, &MainWindow::showFailure, Qt::QueuedConnection);
    connect(m_pages, &WindowPages::failed, m_log, &EventLog::tellFailure);
    connect(&m_document, &Document::failed, this, &MainWindow::showFailure);
    connect(&m_answer, &LiveAnswer::failed, this, &MainWindow::showFailure);
    connect(&m_pictures, &PictureListFiller::failed, this, &MainWindow::showFailure);
    connect(&m_pictures, &PictureListFiller::failed, m_log, &EventLog::tellFailure);
    connect(m_edits, &EditCommands::failed, this, &MainWindow::showFailure);
    connect(m_limits, &LimitCommands::failed, this, &MainWindow::showFailure);
    connect(m_evidence.get(), &EvidenceCommands::failed, this, &MainWindow::showFailure);
    connect(m_evidence.get(), &EvidenceCommands::failed, m_log, &EventLog::tellFailure);
    connect(m_prototypes.get(), &PrototypeCommands::failed, this, &MainWindow::showFailure);
    connect(m_prototypes.get(), &PrototypeCommands::failed, m_log, &EventLog::tellFailure);
    connect(m_prototypes.get(), &PrototypeCommands::done, m_log, &EventLog::tellDone); // the page says it in place
    const auto tellOf = [this]<class Commands>(Commands* commands) {
        connect(commands, &Commands::failed, this, &MainWindow::showFailure);
        connect(commands, &Commands::failed, m_log, &EventLog::tellFailure);
        connect(commands, &Commands::done, m_log, &EventLog::tellDone);
        connect(commands, &Commands::done, this,
                [this](const QString& what) { m_centre->messages()->showMessage(MessageBar::Kind::Info, what); });
    };
    tellOf(m_files);
    tellOf(m_figures);
    tellOf(m_results);
    tellOf(m_sessions);
    connectSpecies();
    connect(m_pages, &WindowPages::done, m_log, &EventLog::tellDone);
    connect(m_pages, &WindowPages::done, this, [this](const QString& what, QAction* undo) {
        m_centre->messages()->showMessage(MessageBar::Kind::Info, what, undo);
    });
    const auto warn = [this](const QString& text) {
        m_centre->messages()->showMessage(MessageBar::Kind::Warning, text);
    };
    connect(&m_document, &Document::noticed, this, warn);
    connect(&m_answer, &LiveAnswer::noticed, this, [this, warn](const QString& text) {
        m_pictureMessage = text;
        warn(text);
    });
    connect(&m_removals, &PictureRemovals::removed, this,
            [this] { m_pictureMessage = m_centre->messages()->text(); }); // by m_files, a moment ago
    connect(&m_document, &Document::currentPictureChanged, this,
            [this] { m_centre->messages()->withdraw(m_pictureMessage); });
    connect(&m_pictures, &PictureListFiller::noticed, this, warn);
    connect(&m_pictures, &PictureListFiller::noticed, m_log, &EventLog::tellNotice);
    connect(&m_document, &Document::modelChanged, this, &MainWindow::showModelNotice);
    connect(&m_answer, &LiveAnswer::deviceChanged, this, [this] {
        if (m_answer.device()->slowBlas)
            m_centre->messages()->showMessage(
                MessageBar::Kind::Warning,
                tr("The slow reference BLAS is in use: everything takes several times as long. Install "
                   "libopenblas0-openmp and start Ocellus again."));
    });
}

/// Their pages have the ways out beside them.
void MainWindow::connectSpecies()
{
    SpeciesPages* species = m_pages->species();
    const auto tell = [this](const QString& what, QAction* wayToOpen) {
        m_log->tellDone(what);
        m_centre->messages()->showMessage(MessageBar::Kind::Info, what, wayToOpen);
    };
    const auto withdraw = [this] { m_centre->messages()->withdraw(m_speciesMessage); };
    connect(species, &SpeciesPages::failed, this, &MainWindow::showSpeciesFailure);
    connect(species, &SpeciesPages::failed, m_log, &EventLog::tellFailure);
    connect(species, &SpeciesPages::done, this, [tell](const QString& what) { tell(what, nullptr); });
    connect(species, &SpeciesPages::wrote, this, tell);
    connect(&species->data(), &DatasetDocument::replaced, this, withdraw);
    connect(m_centre, &CentralView::pageChanged, this, withdraw);
}

void MainWindow::connectHelp()
{
    connect(m_actions.at(Command::OpenSettings), &QAction::triggered, this, &MainWindow::showSettings);
    connect(m_actions.at(Command::ShowAbout), &QAction::triggered, this, [this] { showAbout(*this); });
    connect(m_actions.at(Command::ShowGlossary), &QAction::triggered, this, [this] {
        auto* dialog = new GlossaryDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
    connect(m_actions.at(Command::ShowKeys), &QAction::triggered, this, [this] {
        auto* dialog =
            new KeysDialog(m_actions.all() + m_workspaces->actions() + m_painting->actions(), gestures(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
}

void MainWindow::connectTour()
{
    connect(m_actions.at(Command::StartTour), &QAction::triggered, m_tour.get(), &Tour::start);
}

void MainWindow::connectSessions()
{
    m_sessions->connectTo(m_actions);
    m_sessions->connectTo(*m_workspaces);
    SessionWork& work = m_sessions->work();
    work.keepFindings([this] { return m_pages->findings(); });
    connect(&work, &SessionWork::findingsRestored, m_pages, &WindowPages::restore);
    connect(m_pages, &WindowPages::findingsChanged, &work, &SessionWork::noteFindings);
    connect(m_files, &FileCommands::sessionChosen, m_sessions, &SessionCommands::open);
    connect(m_files, &FileCommands::datasetChosen, this, [this](const std::filesystem::path& file) {
        m_workspaces->showPage(m_pages->species()->dataset());
        m_pages->species()->dataset()->files()->open({file});
    });
    connect(m_sessions, &SessionCommands::titleChanged, this, &MainWindow::updateTitle);
    connect(m_sessions, &SessionCommands::closeApproved, this, &QWidget::close);
    connect(m_pages->species(), &SpeciesPages::closeApproved, this, &QWidget::close);
}

void MainWindow::updateTitle()
{
    const SessionWork& work = m_sessions->work();
    QStringList parts;
    if (const QString picture = m_answer.explanationOnScreen().pictureName; !picture.isEmpty())
        parts << picture;
    if (!work.file().empty())
        parts << (work.isOfAnotherModel() ? tr("%1, with another model").arg(toQString(work.file().filename()))
                                          : toQString(work.file().filename())) +
                     QStringLiteral("[*]");
    parts << tr("Ocellus");
    setWindowTitle(parts.join(QStringLiteral(" – ")));
    setWindowModified(work.isUnsaved() && !work.file().empty());
}

void MainWindow::connectPainting()
{
    auto* menu = new QMenu(tr("&Tools"), this);
    m_painting->fill(menu);
    menuBar()->insertMenu(menuBar()->actions().constLast(), menu);
    QToolBar* tools = addToolBar(tr("Painting tools"), QStringLiteral("paintingTools"), Qt::LeftToolBarArea);
    QToolBar* options = addToolBar(tr("Tool settings"), QStringLiteral("toolSettings"));
    m_painting->fill(tools, options);
    m_actions.panels()->addActions({tools->toggleViewAction(), options->toggleViewAction()});
    m_edits->connectTo(*m_docks->edit(), *m_painting);
    connect(m_painting, &Painting::failed, this, &MainWindow::showFailure);
    connect(m_painting, &Painting::refused, this,
            [this](const QString& why) { m_centre->messages()->showMessage(MessageBar::Kind::Info, why); });
}

QToolBar* MainWindow::addToolBar(const QString& title, const QString& name, Qt::ToolBarArea area)
{
    auto* bar = new QToolBar(title, this);
    bar->setObjectName(name);
    QMainWindow::addToolBar(area, bar);
    return bar;
}

void MainWindow::connectWorkspaces()
{
    m_workspaces = new Workspaces(*this, *m_centre, defaultWorkspaces(*m_centre, *m_pages));
    m_workspaceBar->addActions(m_workspaces->actions());
    auto* commands = new WorkspaceCommands(*m_workspaces, *m_centre, *m_docks, *m_pages, *this);
    new SpeciesCommands(m_document, *m_pages, *m_workspaces, *m_limits, this);
    commands->connectTo(m_actions);
    commands->connectTo(m_painting->tools());
    connect(m_tour.get(), &Tour::placeReached, commands, &WorkspaceCommands::showPlace);
    ReportPage* report = m_pages->report();
    report->addActions(m_results->actions());
    m_report->showOn(*report, m_document, m_answer);
    connect(m_pages, &WindowPages::keptChanged, m_report, &ReportContents::changed);
    connect(report, &ReportPage::itemActivated, this, [this](const MenuSubject& subject) {
        m_document.setCurrentPicture(m_document.pictures().rowOf(subject.picture));
        if (subject.classIndex)
            m_document.setCurrentClass(*subject.classIndex);
        m_workspaces->show(WorkspaceId::Look);
    });
}

void MainWindow::restoreLayout()
{
    resize(screen()->availableSize() * ShareOfScreen);
    restoreGeometry(m_settings.value(Setting::WindowGeometry).toByteArray());
    m_workspaces->restore(m_settings.value(Setting::Workspaces).toByteArray());
}

void MainWindow::setTileTextSize()
{
    const int points = m_settings.integer(Setting::TileTextSize);
    m_centre->heads()->setTileTextSize(points);
    m_pages->setTileTextSize(points);
}

void MainWindow::scheduleUpdate()
{
    // One change of the document announces itself several times.
    if (std::exchange(m_updateScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &MainWindow::updateView, Qt::QueuedConnection);
}

void MainWindow::updateView()
{
    m_updateScheduled = false;
    const Explanation shown = m_answer.explanationOnScreen();
    m_centre->heads()->setExplanation(shown, m_document.head());
    offerWhatIsMissing();
    m_second->setExplanation(shown, m_document.head());
    updateTitle();
}

void MainWindow::offerWhatIsMissing()
{
    const bool hasModel = !m_document.checkpoint().empty();
    const bool hasPicture = !m_document.editor().picture().empty();
    const OpenOffer::Choice sample{tr("Open the sample"), m_actions.at(Command::OpenSample)};
    const OpenOffer::Choice model{tr("Open a model…"), m_actions.at(Command::OpenCheckpoint)};
    const OpenOffer::Choice pictures{tr("Open pictures…"), m_actions.at(Command::OpenPictures)};
    QString words;
    std::vector<OpenOffer::Choice> choices;
    if (hasModel && !hasPicture) {
        words = tr("Open pictures to see where the model looks in them, or drop them here.");
        choices = {pictures};
    } else if (hasPicture && !hasModel) {
        words = tr("No model is open: this is the picture alone, without maps.");
        choices = {model, sample};
    } else if (!hasModel) {
        words = tr("Open a model and pictures to see where it looks, or drop them here.\n"
                   "The sample has both: drawn butterflies, and a model that tells them apart.");
        choices = {sample, model, pictures};
    }
    m_centre->heads()->offer(words, choices);
    m_pages->offer(choices);
}

void MainWindow::showSpeciesFailure(const Failure& failure)
{
    m_speciesMessage = textOf(failure);
    m_centre->messages()->showMessage(MessageBar::Kind::Error, m_speciesMessage);
}

void MainWindow::showFailure(const Failure& failure)
{
    const QString text = textOf(failure);
    if (failure.step == Step::Picture)
        m_pictureMessage = text;
    const auto command = wayOutOf(failure.step);
    m_centre->messages()->showMessage(MessageBar::Kind::Error, text, command ? m_actions.at(*command) : nullptr);
}

void MainWindow::showModelNotice()
{
    if (m_document.model()->untrained)
        m_centre->messages()->showMessage(
            MessageBar::Kind::Info,
            tr("This model was never trained: its predictions and maps mean nothing. Open a trained checkpoint to see "
               "where species are told apart."),
            m_actions.at(Command::OpenCheckpoint));
}

void MainWindow::showSettings()
{
    const QStringList devices{QStringLiteral("auto"), QStringLiteral("cpu"), QStringLiteral("cuda")};
    auto* dialog = new SettingsDialog(settingsValues(m_settings), devices, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::settingsAccepted, this,
            [this](const SettingsValues& values) { keep(m_settings, values); });
    dialog->open();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_pages->species()->mayClose() || !m_sessions->mayClose()) {
        event->ignore();
        return;
    }
    m_settings.setValue(Setting::WindowGeometry, saveGeometry());
    if (!m_sessions->showsLayoutOfSession())
        m_settings.setValue(Setting::Workspaces, m_workspaces->state());
    m_second->close();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    std::vector<std::filesystem::path> paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            paths.push_back(toPath(url.toLocalFile()));
    if (paths.empty())
        return;
    event->acceptProposedAction();
    m_files->open(paths);
}

} // namespace ocellus
