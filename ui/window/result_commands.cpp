// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/result_commands.h"

#include <utility>

#include <QAction>
#include <QDir>
#include <QFileInfo>

#include "core/analysis/map_tiff.h"
#include "core/edit/mask_export.h"
#include "core/io/atomic_file.h"
#include "ui/compare/controls_panel.h"
#include "ui/compare/effects_panel.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/engine/paths.h"
#include "ui/figures/figure_writer.h"
#include "ui/session/session_work.h"
#include "ui/window/report_contents.h"
#include "ui/window/task_status.h"

namespace ocellus {

namespace {

/// The masks that are kept with the picture, those of its edits, and what is selected.
std::vector<NamedMask> masksOf(const PictureEdits& state)
{
    std::vector<NamedMask> masks = state.masks;
    for (const Edit& edit : state.edits)
        if (!edit.mask.isNone() && !edit.mask.empty())
            masks.push_back({edit.name, edit.mask});
    if (!state.selection.isNone() && !state.selection.empty())
        masks.push_back({ResultCommands::tr("selection").toStdString(), state.selection});
    return masks;
}

} // namespace

ResultCommands::ResultCommands(Document& document, LiveAnswer& answer, Settings& settings, SessionWork& work,
                               const ReportContents& contents, AskForFiles ask, TaskStatus& status, QWidget* window)
    : QObject(window),
      m_document(document),
      m_answer(answer),
      m_work(work),
      m_contents(contents),
      m_question(std::move(ask), settings, window),
      m_report(addAction(tr("Export &report (HTML)…"), &ResultCommands::saveReport)),
      m_map(addAction(tr("Export map at picture size (&TIFF)…"), &ResultCommands::saveMap)),
      m_maskPng(addAction(tr("Export mas&k (PNG)…"), &ResultCommands::saveMaskPng)),
      m_maskPolygons(addAction(tr("Export masks (&GeoJSON)…"), &ResultCommands::saveMaskPolygons)),
      m_reporting(document, answer)
{
    m_report->setToolTip(tr(
        "One page with every picture that was edited or looked at, and the comparisons, experiments and controls that "
        "are kept"));
    m_map->setToolTip(tr("The values of the shown map, one 32-bit float a pixel"));
    m_maskPolygons->setToolTip(tr("Polygons along the pixels' edges, as QuPath imports them"));
    connectReport(status);
    connect(&m_exporter, &Exporter::failed, this, &ResultCommands::failed);
    connect(&m_exporter, &Exporter::written, this,
            [this](const QString& path) { emit done(tr("Wrote %1").arg(QDir::toNativeSeparators(path))); });
    connect(&answer, &LiveAnswer::resultChanged, this, &ResultCommands::updateActions);
    connect(&answer, &LiveAnswer::pictureShown, this, &ResultCommands::updateActions);
    connect(&answer, &LiveAnswer::explanationChanged, this, &ResultCommands::updateActions);
    connect(&document, &Document::currentClassChanged, this, &ResultCommands::updateActions);
    connect(&document.editor(), &PictureEditor::changed, this, &ResultCommands::updateActions);
    connect(&document.editor(), &PictureEditor::selectedEditChanged, this, &ResultCommands::updateActions);
    updateActions();
}

QAction* ResultCommands::addAction(const QString& text, void (ResultCommands::*write)())
{
    auto* action = new QAction(text, this);
    connect(action, &QAction::triggered, this, write);
    return action;
}

void ResultCommands::connectReport(TaskStatus& status)
{
    connect(&status, &TaskStatus::cancelRequested, this, [this] { m_reporting.cancel(); });
    connect(&m_reporting, &SessionReport::progressed, &status, &TaskStatus::setProgress);
    connect(&m_reporting, &SessionReport::started, &status, [&status] { status.begin(tr("Report")); });
    connect(&m_reporting, &SessionReport::finished, &status, &TaskStatus::end);
    connect(&m_reporting, &SessionReport::cancelled, &status, &TaskStatus::end);
    connect(&m_reporting, &SessionReport::finished, this, [this](const Report& report) {
        updateActions();
        m_exporter.write(toQString(m_reportFile), [report, file = m_reportFile] { writeReport(file, report); });
    });
    connect(&m_reporting, &SessionReport::cancelled, this, [this] {
        updateActions();
        emit done(tr("The report was stopped; nothing was written"));
    });
}

void ResultCommands::connectTo(const EffectsPanel& panel)
{
    connect(&panel, &EffectsPanel::exportRequested, this, &ResultCommands::saveTable);
}

void ResultCommands::connectTo(const ControlsPanel& panel)
{
    connect(&panel, &ControlsPanel::tableRequested, this, &ResultCommands::saveTable);
    connect(&panel, &ControlsPanel::figureRequested, this, &ResultCommands::saveFigure);
}

void ResultCommands::updateActions()
{
    const Explanation shown = m_answer.explanationOnScreen();
    m_report->setEnabled(!shown.isEmpty() && !m_reporting.isRunning());
    const bool isKnown = !shown.isEmpty() && shown.decoding->hasClass(shown.classIndex);
    m_map->setEnabled(isKnown && (shown.source ? !tileOfHead(shown, m_document.head())->values.empty()
                                               : shown.decoding->extent().layers > 0));
    m_maskPng->setEnabled(!m_document.editor().activeMask().empty());
    m_maskPolygons->setEnabled(!masksOf(m_document.editor().state()).empty());
}

QString ResultCommands::pictureName() const
{
    return QFileInfo(toQString(m_document.editor().picture())).completeBaseName();
}

void ResultCommands::ask(const QString& title, const QString& filter, const QString& proposedName,
                         std::function<void(const QString&)> answer)
{
    m_question.ask(title, filter, proposedName, std::move(answer), [this](const Failure& why) { emit failed(why); });
}

void ResultCommands::save(const QString& title, const QString& filter, const QString& proposedName,
                          std::function<void(const std::filesystem::path&)> write)
{
    ask(title, filter, proposedName, [this, write = std::move(write)](const QString& path) {
        m_exporter.write(path, [path, write] { write(toPath(path)); });
    });
}

void ResultCommands::saveTable(const QString& proposedName, const std::string& csv)
{
    save(tr("Export table"), tr("Comma-separated values (*.csv)"), pictureName() + '-' + proposedName,
         [csv](const std::filesystem::path& path) { writeFileAtomically(path, csv); });
}

void ResultCommands::saveFigure(const QString& proposedName, const Figure& figure)
{
    save(tr("Export figure"), tr("PDF (*.pdf);;SVG (*.svg);;PNG (*.png)"), pictureName() + '-' + proposedName,
         [figure](const std::filesystem::path& path) { writeFigure(path, figure); });
}

void ResultCommands::saveReport()
{
    const std::filesystem::path& file = m_work.file();
    const QString name = file.empty() ? tr("report") : toQString(file.stem());
    ask(tr("Export report"), tr("HTML (*.html)"), name + QStringLiteral(".html"), [this](const QString& path) {
        m_reportFile = toPath(path);
        m_contents.collect([this](const ReportPlan& plan) {
            m_reporting.start(plan, m_work.file());
            updateActions();
        });
    });
}

void ResultCommands::saveMap()
{
    const Explanation shown = m_answer.explanation();
    const TileMap map = tileOfHead(shown, m_document.head()).value_or(TileMap());
    const QString head = map.isMean ? QStringLiteral("mean") : QStringLiteral("head%1").arg(map.head + 1);
    const QString part = !shown.source ? QStringLiteral("layer%1-%2").arg(shown.layer + 1).arg(head)
                         : map.isMean  ? shown.source->id
                                       : QStringLiteral("%1-%2").arg(shown.source->id, head);
    const QString name = QStringLiteral("%1-class%2-%3.tiff").arg(pictureName()).arg(shown.classIndex).arg(part);
    save(tr("Export map"), tr("TIFF (*.tiff *.tif)"), name, [shown, map](const std::filesystem::path& path) {
        writeMapTiff(path, map.values, shown.geometry, shown.style.smooth);
    });
}

void ResultCommands::saveMaskPng()
{
    save(tr("Export mask"), tr("PNG (*.png)"), pictureName() + QStringLiteral(".mask.png"),
         [mask = m_document.editor().activeMask()](const std::filesystem::path& path) { writeMaskPng(path, mask); });
}

void ResultCommands::saveMaskPolygons()
{
    save(tr("Export masks"), tr("GeoJSON (*.geojson *.json)"), pictureName() + QStringLiteral(".geojson"),
         [masks = masksOf(m_document.editor().state())](const std::filesystem::path& path) {
             writeMaskGeoJson(path, masks);
         });
}

} // namespace ocellus
