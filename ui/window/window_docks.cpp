// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_docks.h"
#include "ui/figures/map_names.h"

#include <algorithm>

#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QTimer>

#include "core/analysis/edit_effects.h"
#include "core/analysis/map_image.h"
#include "core/image/picture_address.h"
#include "ui/compare/effects_panel.h"
#include "ui/compare/head_notes_panel.h"
#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/document/live_answer.h"
#include "ui/document/picture_list_filler.h"
#include "ui/document/setting_groups.h"
#include "ui/document/unusualness_text.h"
#include "ui/edit_panel/edit_panel.h"
#include "ui/edit_panel/history_view.h"
#include "ui/edit_panel/selected_edit_form.h"
#include "ui/engine/paths.h"
#include "ui/evidence/evidence_panel.h"
#include "ui/panels/attention_plot.h"
#include "ui/panels/classes_panel.h"
#include "ui/panels/display_panel.h"
#include "ui/panels/display_popover.h"
#include "ui/panels/intervention_panel.h"
#include "ui/panels/log_panel.h"
#include "ui/panels/model_panel.h"
#include "ui/panels/pictures_panel.h"
#include "ui/widgets/linked_view.h"
#include "ui/window/file_commands.h"
#include "ui/window/prediction_status.h"

namespace ocellus {

namespace {

constexpr int StripHeight = 150; // pixels

/// The cells that lie at least half inside a mask, or of one that fills no cell those that it covers most; ascending.
std::vector<int> cellsInside(const Mask& mask, const CellGeometry& geometry)
{
    const std::vector<double> cover = cellCover(mask, geometry);
    const double least = std::min(0.5, std::ranges::max(cover));
    std::vector<int> cells;
    for (std::size_t cell = 0; cell < cover.size(); ++cell)
        if (cover[cell] > 0 && cover[cell] >= least)
            cells.push_back(static_cast<int>(cell));
    return cells;
}

} // namespace

WindowDocks::WindowDocks(Document& document, InterventionSteps& interventions, LiveAnswer& answer,
                         PictureListFiller& list, LinkedView& view, Settings& settings, QMainWindow* window)
    : QObject(window),
      m_document(document),
      m_answer(answer),
      m_list(list),
      m_view(view),
      m_settings(settings),
      m_pictures(new PicturesPanel(&document.pictures(), window)),
      m_classes(new ClassesPanel(&m_classModel, window)),
      m_display(new DisplayPopover(window)),
      m_edit(new EditPanel(document.editor(), window)),
      m_steps(new HistoryView(document.editor(), interventions, window)),
      m_model(new ModelPanel(window)),
      m_attention(new AttentionPlot(window)),
      m_intervention(new InterventionPanel(window)),
      m_effects(new EffectsPanel(window)),
      m_evidence(new EvidencePanel(window)),
      m_notes(new HeadNotesPanel(document, window, &answer)),
      m_log(new LogPanel(window))
{
    addDocks(window);
    connectPictures();
    connectClasses();
    connectDisplay();
    connectEdits();
    connectModel();
    connectPlots();
    connectIntervention();
}

void WindowDocks::addDock(QMainWindow* window, const QString& title, const QString& name, QWidget* panel)
{
    auto* dock = new QDockWidget(title, window);
    dock->setObjectName(name);
    dock->setWidget(panel);
    window->addDockWidget(Qt::RightDockWidgetArea, dock); // until a workspace says where
    m_docks << dock;
}

void WindowDocks::addDocks(QMainWindow* window)
{
    window->setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks);
    // Lists gain more from height than plots do.
    window->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    addDock(window, tr("Classes"), QStringLiteral("classes"), m_classes);
    addDock(window, tr("Pictures"), QStringLiteral("pictures"), m_pictures);
    addDock(window, tr("Edit"), QStringLiteral("edit"), m_edit);
    addDock(window, tr("By hand"), QStringLiteral("intervention"), m_intervention);
    addDock(window, tr("Steps"), QStringLiteral("steps"), m_steps);
    addDock(window, tr("Effects"), QStringLiteral("effects"), m_effects);
    addDock(window, tr("Evidence"), QStringLiteral("evidence"), m_evidence);
    addDock(window, tr("Crosshair"), QStringLiteral("attention"), m_attention);
    addDock(window, tr("Model"), QStringLiteral("model"), m_model);
    addDock(window, tr("Notes"), QStringLiteral("notes"), m_notes);
    addDock(window, tr("Log"), QStringLiteral("log"), m_log);
}

void WindowDocks::connectTo(FileCommands& files)
{
    connect(m_pictures, &PicturesPanel::openPicturesRequested, &files, &FileCommands::choosePictures);
    connect(m_pictures, &PicturesPanel::openFolderRequested, &files, &FileCommands::chooseFolder);
    connect(m_pictures, &PicturesPanel::pathsDropped, &files, [&files](const QStringList& paths) {
        std::vector<std::filesystem::path> dropped;
        for (const QString& path : paths)
            dropped.push_back(toPath(path));
        files.open(dropped);
    });
    connect(m_pictures, &PicturesPanel::removalRequested, &files, &FileCommands::removePicture);
    connect(m_classes, &ClassesPanel::namesRequested, &files, &FileCommands::chooseClassTable);
    connect(m_model, &ModelPanel::checkpointRequested, &files, &FileCommands::chooseCheckpoint);
    connect(m_model, &ModelPanel::classTableRequested, &files, &FileCommands::chooseClassTable);
    connect(m_model, &ModelPanel::settingsKept, &files, &FileCommands::keepBesideCheckpoint);
}

QDockWidget* WindowDocks::dockOf(const QWidget* panel) const
{
    return *std::ranges::find(m_docks, panel, [](const QDockWidget* dock) { return dock->widget(); });
}

void WindowDocks::fill(QMenu* menu) const
{
    for (QDockWidget* dock : m_docks)
        menu->addAction(dock->toggleViewAction());
}

void WindowDocks::reveal(QWidget* panel)
{
    emit aboutToReveal();
    for (QDockWidget* dock : m_docks) {
        if (dock->widget() != panel)
            continue;
        dock->show();
        dock->raise();
    }
}

void WindowDocks::connectPictures()
{
    m_pictures->setListing(pictureListing(m_settings));
    m_pictures->setProgress(new PredictionStatus(m_list.predictions()));
    connect(m_pictures, &PicturesPanel::listingChanged, this, [this](const PictureListing& listing) {
        const bool wasStrip = pictureListing(m_settings).isStrip;
        keep(m_settings, listing);
        // Once the panel has told the dock what it needs now: a list is narrower than a filmstrip's words.
        if (wasStrip != listing.isStrip)
            QTimer::singleShot(0, this, &WindowDocks::placePictures);
    });
    connect(m_pictures, &PicturesPanel::pictureChosen, &m_document, &Document::setCurrentPicture);
    connect(m_pictures, &PicturesPanel::pageRequested, &m_document, [this](int row, int page) {
        const PictureListModel& pictures = m_document.pictures();
        const bool isDefault = page == 1 && !pictures.facts(row).isFirstReduced;
        m_list.open({toPath(PictureAddress{pictureAddress(pictures.path(row)).file, isDefault ? 0 : page})});
    });
    connect(&m_document, &Document::currentPictureChanged, m_pictures, &PicturesPanel::setCurrent);
}

void WindowDocks::placePictures()
{
    auto* dock = qobject_cast<QDockWidget*>(m_pictures->parentWidget());
    auto* window = qobject_cast<QMainWindow*>(parent());
    if (!dock || !window || dock->isFloating())
        return;
    const bool isBeside = window->dockWidgetArea(dock) != Qt::BottomDockWidgetArea;
    const bool isStrip = m_pictures->listing().isStrip;
    if (isStrip != isBeside)
        return;
    const bool wasShown = !dock->isHidden(); // also behind another tab, and before the window is there
    const int width = m_classes->width();
    window->addDockWidget(isStrip ? Qt::BottomDockWidgetArea : Qt::LeftDockWidgetArea, dock);
    dock->setVisible(wasShown);
    QTimer::singleShot(0, dock, [this, window, dock, isStrip, width] {
        auto* classes = qobject_cast<QDockWidget*>(m_classes->parentWidget());
        if (isStrip) {
            window->resizeDocks({dock}, {StripHeight}, Qt::Vertical);
        } else if (classes) {
            window->resizeDocks({classes, dock}, {1, 1}, Qt::Vertical);
            window->resizeDocks({classes, dock}, {width, width}, Qt::Horizontal);
        }
    });
}

void WindowDocks::connectClasses()
{
    connect(m_classes, &ClassesPanel::classActivated, this, &WindowDocks::classActivated);
    connect(m_classes, &ClassesPanel::classChosen, &m_document, &Document::setCurrentClass);
    connect(m_classes, &ClassesPanel::limitChanged, &m_document, &Document::setLimit);
    connect(&m_document, &Document::currentClassChanged, m_classes, &ClassesPanel::setCurrentClass);
    connect(&m_document, &Document::modelChanged, this, [this] {
        const ModelOffer& offer = m_document.model()->offer;
        m_classes->setOffer(offer);
        dockOf(m_classes)->setWindowTitle(offer.hasLogits ? tr("Classes") : tr("Tokens"));
    });
    connect(&m_document, &Document::limitChanged, this, [this] { m_classes->setLimit(m_document.limit()); });
    connect(&m_document, &Document::classNamesChanged, this, [this] {
        const ClassNames& names = m_document.classNames();
        m_classModel.setTable(names.areKnown() ? names.table() : ClassTable());
    });
    connect(&m_answer, &LiveAnswer::resultChanged, this, &WindowDocks::showClasses);
    connect(&m_answer, &LiveAnswer::resultChanged, this, &WindowDocks::showUnusualness);
    // Each picture that is classified says a little more; with very many of them that is too often to count them all.
    constexpr int often = 500; // ms
    m_unusualness.setSingleShot(true);
    m_unusualness.setInterval(often);
    connect(&m_unusualness, &QTimer::timeout, this, &WindowDocks::showUnusualness);
    connect(&m_list, &PictureListFiller::energiesChanged, this, [this] {
        if (!m_unusualness.isActive())
            m_unusualness.start();
    });
    connect(&m_document, &Document::classNamesChanged, this, &WindowDocks::showUnusualness);
}

void WindowDocks::connectDisplay()
{
    DisplayPanel* panel = m_display->panel();
    panel->setChoice(m_document.display());
    connect(panel, &DisplayPanel::displayChanged, &m_document, &Document::setDisplay);
    connect(&m_document, &Document::displayChanged, this, [this, panel] { panel->setChoice(m_document.display()); });
    connect(&m_document, &Document::modelChanged, this, [this, panel] {
        m_display->setOffer(m_document.model()->offer);
        panel->setModel(*m_document.model());
        panel->setChoice(m_document.display());
    });
}

void WindowDocks::showDisplay(const QWidget& bar)
{
    m_display->popUpAt(bar);
}

void WindowDocks::connectEdits()
{
    connect(&m_answer, &LiveAnswer::pictureShown, this,
            [this] { m_edit->selectedEdit()->setOriginal(m_answer.picture().original); });
    m_effects->follow(m_document, m_answer);
}

void WindowDocks::connectModel()
{
    showModel();
    const auto give = [this](const ModelSettings& settings) {
        if (m_document.model() && m_document.model()->path == m_document.checkpoint())
            m_document.setGiven(settings); // else they are of the model before the one that is on its way
    };
    connect(m_model, &ModelPanel::settingsApplied, this, give);
    connect(m_model, &ModelPanel::settingsKept, this, give);
    connect(&m_document, &Document::modelChanged, this, &WindowDocks::showModel);
    connect(&m_document, &Document::classNamesChanged, this, &WindowDocks::showModel);
    connect(&m_answer, &LiveAnswer::deviceChanged, this, &WindowDocks::showModel);
    connect(&m_answer, &LiveAnswer::resultChanged, this, &WindowDocks::showModel);
}

void WindowDocks::connectPlots()
{
    connect(m_attention, &AttentionPlot::headChosen, &m_document, &Document::setHead);
    connect(&m_document, &Document::headChanged, m_attention, &AttentionPlot::setChosenHead);
    connect(&m_answer, &LiveAnswer::explanationChanged, this, &WindowDocks::showAttention);
    connect(&m_view, &LinkedView::crosshairPlaced, this, &WindowDocks::showAttention);
    connect(&m_view, &LinkedView::cellHovered, this, &WindowDocks::showAttention);
    connect(&m_view, &LinkedView::hoverLeft, this, &WindowDocks::showAttention);
    connect(&m_view, &LinkedView::changed, this, [this] {
        if (!m_view.pointedAt())
            m_attention->clear();
    });
}

void WindowDocks::connectIntervention()
{
    connect(m_intervention, &InterventionPanel::interventionChanged, &m_document, &Document::setIntervention);
    connect(m_intervention, &InterventionPanel::headChosen, &m_document, &Document::setHead);
    connect(&m_document, &Document::interventionChanged, this,
            [this] { m_intervention->setIntervention(m_document.intervention()); });
    connect(&m_document, &Document::headChanged, m_intervention, &InterventionPanel::setHead);
    connect(&m_answer, &LiveAnswer::explanationChanged, this, &WindowDocks::showIntervention);
    connect(&m_view, &LinkedView::changed, this, &WindowDocks::showCrosshair);
    connect(&m_document.editor(), &PictureEditor::changed, this, &WindowDocks::showMask);
    connect(&m_document.editor(), &PictureEditor::selectedEditChanged, this, &WindowDocks::showMask);
}

void WindowDocks::showIntervention()
{
    const Explanation shown = m_answer.explanation();
    // It takes away from the attention that the tiles show.
    InterventionSubject subject;
    if (!shown.source && shown.decoding && shown.decoding->extent().layers > 0)
        subject = {shown.decoding, m_answer.result().withoutIntervention, shown.classIndex, shown.className,
                   m_answer.result().isDraft};
    if (subject.untouched)
        subject.names = MapNames::ofRemovable(*subject.untouched, subject.classIndex);
    subject.canIntervene = !m_document.model() || m_document.model()->offer.canIntervene;
    m_intervention->setSubject(subject);
    m_intervention->setHead(m_document.head());
    showCrosshair();
    showMask();
}

void WindowDocks::showCrosshair()
{
    const auto& point = m_view.crosshair();
    const CellGeometry geometry = m_answer.explanationOfHeads().geometry;
    m_intervention->setCrosshair(point ? geometry.cellAt({point->x(), point->y()}) : std::optional<Cell>());
}

void WindowDocks::showMask()
{
    const Mask mask = m_document.editor().activeMask();
    const CellGeometry geometry = m_answer.explanationOfHeads().geometry;
    const bool fits = !mask.empty() && mask.pictureSize() == geometry.pictureSize();
    m_intervention->setMask(fits ? [mask, geometry] { return cellsInside(mask, geometry); }
                                 : InterventionPanel::CellsOfMask());
}

void WindowDocks::showClasses()
{
    // The columns of changes have nothing to say where there is no limit, and where nothing is edited.
    const ViewResult& result = m_answer.result();
    const auto unless = [&result](const auto& other) { return other == result.decoding ? nullptr : other; };
    m_classModel.setDecodings(result.decoding, unless(result.full), unless(result.before));
    m_classes->setLimit(m_document.limit());
    m_classes->setCurrentClass(m_document.currentClass());
}

void WindowDocks::showUnusualness()
{
    const auto& model = m_document.model();
    const ViewResult& result = m_answer.result();
    m_classes->setRemark(model ? unusualnessText(result, *model, m_list.energiesOfOwnSpecies(result.shown.path))
                               : QString());
}

void WindowDocks::showModel()
{
    if (m_document.model())
        m_model->setModel(*m_document.model());
    if (m_answer.device())
        m_model->setDevice(*m_answer.device());
    const ClassNames& names = m_document.classNames();
    m_model->setClassTable(names.areKnown() ? names.table() : ClassTable());
    const ViewRequest request = m_document.request();
    m_model->setPreprocessing(m_document.model() ? request.preprocessFor(*m_document.model()) : request.preprocess,
                              m_document.model() ? m_document.model()->preprocess : std::nullopt,
                              request.decode.ignoreExif);
    m_model->setPrecisionNotes(m_answer.device() ? precisionNotes(m_answer.device()->precision) : QStringList());
    const Explanation shown = m_answer.explanation();
    if (shown.isEmpty())
        m_model->setPictureSizes({}, {}, 0, 0);
    else
        m_model->setPictureSizes(shown.geometry.pictureSize(), m_answer.result().inputSize, shown.geometry.rows(),
                                 shown.geometry.columns());
}

void WindowDocks::showAttention()
{
    const Explanation shown = m_answer.explanationOnScreen();
    const std::optional<QPointF> point = m_view.pointedAt();
    // It is of the heads' attention.
    if (shown.isEmpty() || !point || shown.source || shown.decoding->extent().layers == 0) {
        m_attention->clear();
        return;
    }
    const Cell cell = shown.geometry.cellAt({point->x(), point->y()});
    const auto index = static_cast<std::size_t>(cell.row * shown.geometry.columns() + cell.column);
    const auto cells = static_cast<float>(shown.decoding->extent().cells());
    std::vector<float> heads;
    for (int head = 0; head < shown.heads(); ++head)
        heads.push_back(shown.decoding->attention(shown.layer, head, shown.classIndex)[index] * cells);
    const float mean = shown.decoding->meanAttention(shown.layer, shown.classIndex)[index] * cells;
    m_attention->setValues(heads, mean, cell, MapNames(*shown.decoding, shown.layer, shown.classIndex));
    m_attention->setChosenHead(m_document.head());
}

} // namespace ocellus
