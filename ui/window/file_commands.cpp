// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/file_commands.h"

#include <system_error>
#include <utility>

#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>

#include "core/analysis/explain_writer.h"
#include "core/data/image_folder.h"
#include "core/data/sample.h"
#include "core/dataset/dataset_file.h"
#include "core/engine/model_companions.h"
#include "core/io/atomic_file.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/picture_list_filler.h"
#include "ui/document/picture_removals.h"
#include "ui/engine/csv_writer.h"
#include "ui/engine/paths.h"
#include "ui/figures/evidence_csv.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/matrix_csv.h"
#include "ui/figures/matrix_figure.h"
#include "ui/window/window_actions.h"

namespace ocellus {

namespace {

constexpr double ClipboardDotsPerInch = 150;

bool looksLikeClassTable(const std::filesystem::path& path)
{
    const std::string extension = path.extension().string();
    return extension == ".txt" || extension == ".csv" || extension == ".json";
}

std::vector<std::string> classNames(const Document& document)
{
    std::vector<std::string> names;
    for (int i = 0; i < document.classCount(); ++i)
        names.push_back(document.classNames().name(i).toStdString());
    return names;
}

} // namespace

FileCommands::FileCommands(Document& document, LiveAnswer& answer, PictureListFiller& pictures,
                           PictureRemovals& removals, Settings& settings, AskForFiles ask, std::filesystem::path sample,
                           QWidget* window)
    : QObject(window),
      m_document(document),
      m_answer(answer),
      m_pictures(pictures),
      m_removals(removals),
      m_settings(settings),
      m_ask(ask),
      m_question(std::move(ask), settings, window),
      m_sample(std::move(sample)),
      m_window(window)
{
    connect(&m_removals, &PictureRemovals::removed, this, [this](const QString& picture, bool wasEdited) {
        emit done(wasEdited ? tr("Removed %1 and its edits from the list. Undo brings them back.").arg(picture)
                            : tr("Removed %1 from the list. Undo brings it back.").arg(picture));
    });
    connect(&m_exporter, &Exporter::failed, this, &FileCommands::failed);
    connect(&m_exporter, &Exporter::written, this,
            [this](const QString& path) { emit done(tr("Wrote %1").arg(QDir::toNativeSeparators(path))); });
}

void FileCommands::connectTo(const WindowActions& actions)
{
    const auto on = [this, &actions](Command command, auto&& slot) {
        connect(actions.at(command), &QAction::triggered, this, std::forward<decltype(slot)>(slot));
    };
    on(Command::OpenCheckpoint, [this] { chooseCheckpoint(); });
    on(Command::OpenPictures, [this] { choosePictures(); });
    on(Command::OpenFolder, [this] { chooseFolder(); });
    on(Command::OpenSample, [this] { openSample(); });
    on(Command::LoadClassTable, [this] { chooseClassTable(); });
    on(Command::LoadClassFolder, [this] { chooseClassFolder(); });
    on(Command::ForgetClassTable, [this] { m_document.forgetClassTable(); });
    on(Command::ExportFigure, [this] {
        const ShownView view = m_view();
        exportFigure(figureOf(view), view, QStringLiteral(".png"));
    });
    on(Command::ExportPaperFigure, [this] {
        exportFigure(ocellus::figureOf(m_answer.explanation(), FigureStyle::Paper), {},
                     QStringLiteral("-published.png"));
    });
    on(Command::ExportArrays, [this] { exportArrays(); });
    on(Command::ExportMapsCsv, [this] { exportMapsCsv(); });
    on(Command::ExportLogitsCsv, [this] { exportLogitsCsv(); });
    on(Command::ExportEvidenceCsv, [this] { exportEvidenceCsv(); });
    on(Command::CopyFigure, [this] { copyFigure(); });
    on(Command::RemovePicture, [this] { removePicture(m_document.currentPicture()); });
    connect(actions.recentCheckpoints(), &QMenu::aboutToShow, this,
            [this, menu = actions.recentCheckpoints()] { fillRecent(menu, Setting::RecentCheckpoints); });
    connect(actions.recentPictures(), &QMenu::aboutToShow, this,
            [this, menu = actions.recentPictures()] { fillRecent(menu, Setting::RecentPictures); });
    connect(actions.recentSessions(), &QMenu::aboutToShow, this,
            [this, menu = actions.recentSessions()] { fillRecent(menu, Setting::RecentSessions); });
}

void FileCommands::open(const std::vector<std::filesystem::path>& paths)
{
    std::vector<std::filesystem::path> pictures;
    for (const std::filesystem::path& path : paths) {
        std::error_code ignored; // what cannot be looked at is reported when it is opened
        if (std::filesystem::is_directory(path, ignored) || looksLikePicture(path))
            pictures.push_back(path);
        else if (path.extension() == ".ocellus")
            emit sessionChosen(path);
        else if (path.extension() == datasetExtension)
            emit datasetChosen(path);
        else if (looksLikeClassTable(path))
            m_document.loadClassTable(path);
        else if (holdsPicture(path)) // whatever it is called, as original.jpg?1545
            pictures.push_back(path);
        else
            m_document.openCheckpoint(path);
    }
    if (!pictures.empty())
        m_pictures.open(pictures);
}

void FileCommands::removePicture(int row)
{
    m_removals.remove(row);
}

void FileCommands::openSample()
{
    try {
        const Sample sample = findSample(m_sample);
        std::vector<std::filesystem::path> paths{sample.model};
        for (const SamplePair& pair : sample.pairs) // first, since they have the marks that the maps find
            paths.insert(paths.end(), {pair.original, pair.redrawn});
        paths.push_back(sample.pictures);
        open(paths);
    } catch (...) {
        emit failed(failureOf(Step::Model, std::current_exception()));
    }
}

void FileCommands::ask(FileQuestion question, std::function<void(const QStringList&)> answer)
{
    question.folder = m_settings.text(Setting::LastFolder);
    m_ask(m_window, question, [this, answer = std::move(answer)](const QStringList& paths) {
        m_settings.setValue(Setting::LastFolder, QFileInfo(paths.first()).absolutePath());
        answer(paths);
    });
}

void FileCommands::chooseCheckpoint()
{
    ask({FileQuestion::Kind::OpenFile,
         tr("Open checkpoint"),
         {},
         tr("Checkpoints (*.pth *.pt *.safetensors);;All files (*)"),
         {}},
        [this](const QStringList& paths) { m_document.openCheckpoint(toPath(paths.first())); });
}

void FileCommands::choosePictures()
{
    ask({FileQuestion::Kind::OpenFiles,
         tr("Open pictures"),
         {},
         tr("Pictures (*.jpg *.jpeg *.png *.tif *.tiff *.webp *.bmp);;All files (*)"),
         {}},
        [this](const QStringList& paths) {
            std::vector<std::filesystem::path> pictures;
            for (const QString& path : paths)
                pictures.push_back(toPath(path));
            m_pictures.open(pictures);
        });
}

void FileCommands::chooseFolder()
{
    ask({FileQuestion::Kind::OpenFolder, tr("Open folder of pictures"), {}, {}, {}},
        [this](const QStringList& paths) { m_pictures.open({toPath(paths.first())}); });
}

void FileCommands::chooseClassTable()
{
    ask({FileQuestion::Kind::OpenFile,
         tr("Load class table"),
         {},
         tr("Class tables (*.txt *.json *.csv);;All files (*)"),
         {}},
        [this](const QStringList& paths) { m_document.loadClassTable(toPath(paths.first())); });
}

void FileCommands::chooseClassFolder()
{
    ask({FileQuestion::Kind::OpenFolder, tr("Take class names from the sub-folders of"), {}, {}, {}},
        [this](const QStringList& paths) { m_document.loadClassTable(toPath(paths.first())); });
}

void FileCommands::save(const QString& title, const QString& filter, const ShownView& view, const QString& ending,
                        std::function<void(const QString&)> write)
{
    m_question.ask(title, filter, proposedFileName(m_answer.explanation(), view) + ending, std::move(write),
                   [this](const Failure& why) { emit failed(why); });
}

Figure FileCommands::figureOf(const ShownView& view) const
{
    if (view.figure)
        return *view.figure;
    return view.matrix ? ocellus::figureOf(*view.matrix)
                       : ocellus::figureOf(m_answer.explanation(), FigureStyle::Honest);
}

void FileCommands::exportFigure(const Figure& figure, const ShownView& view, const QString& ending)
{
    // Made before: what is exported is what was shown when it was asked for.
    save(tr("Export figure"), tr("PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"), view, ending,
         [this, figure](const QString& path) {
             m_exporter.write(path, [path, figure] { writeFigure(toPath(path), figure); });
         });
}

void FileCommands::exportArrays()
{
    const ViewResult& result = m_answer.result();
    const auto decoding = result.decoding;
    const QImage& picture = result.shown.picture;
    const ExplainedInput input{result.inputSize, {picture.width(), picture.height()}, result.shown.edits};
    ShownView view = m_view();
    const ExtraSources extra = view.patches ? view.patches->arrays() : ExtraSources();
    view.name.clear(); // whatever is shown, they are of all maps
    save(tr("Export arrays"), tr("NumPy arrays (*.npz)"), view, QStringLiteral(".npz"),
         [this, decoding, input, extra](const QString& path) {
             m_exporter.write(path, [path, decoding, input, extra] {
                 writeExplanation(toPath(path), input, *decoding, decoding->classes(), {}, {}, extra);
             });
         });
}

void FileCommands::exportMapsCsv()
{
    const ShownView view = m_view();
    const Explanation shown = view.patches ? view.patches->explanation() : m_answer.explanation();
    save(tr("Export maps"), tr("Comma-separated values (*.csv)"), view, QStringLiteral("-maps.csv"),
         [this, view, shown](const QString& path) {
             m_exporter.write(path, [path, view, shown] {
                 if (view.table)
                     writeFileAtomically(toPath(path), view.table());
                 else if (view.matrix && !view.patches) // of that one map its cells are asked for
                     writeMatrixCsv(toPath(path), *view.matrix);
                 else
                     writeMapsCsv(toPath(path), shown);
             });
         });
}

void FileCommands::keepBesideCheckpoint(const ModelSettings& settings)
{
    if (!m_document.model() || m_document.model()->path != m_document.checkpoint())
        return; // they are of the model before the one that is on its way
    const std::filesystem::path checkpoint = m_document.checkpoint();
    m_exporter.write(toQString(sidecarOf(checkpoint)), [checkpoint, settings] { keepBeside(checkpoint, settings); });
}

void FileCommands::exportLogitsCsv()
{
    const Explanation shown = m_answer.explanation();
    const std::vector<std::string> names = classNames(m_document);
    save(tr("Export logits"), tr("Comma-separated values (*.csv)"), {}, QStringLiteral("-logits.csv"),
         [this, shown, names](const QString& path) {
             m_exporter.write(path, [path, shown, names] { writeLogitsCsv(toPath(path), shown, names); });
         });
}

void FileCommands::exportEvidenceCsv()
{
    const Explanation shown = m_evidence();
    const MapEvidence* evidence = evidenceOf(shown);
    if (!evidence || evidence->sheet.isEmpty()) {
        emit done(tr("Nothing was tested of these maps yet: Evidence (Shift+E) tests them."));
        return;
    }
    save(tr("Export evidence"), tr("Comma-separated values (*.csv)"), {}, QStringLiteral("-evidence.csv"),
         [this, shown](const QString& path) {
             m_exporter.write(path, [path, shown] { writeEvidenceCsv(toPath(path), shown); });
         });
}

void FileCommands::copyFigure()
{
    try {
        QGuiApplication::clipboard()->setImage(renderFigure(figureOf(m_view()), ClipboardDotsPerInch));
        emit done(tr("Copied the figure to the clipboard"));
    } catch (...) {
        emit failed(failureOf(Step::Export, std::current_exception()));
    }
}

void FileCommands::fillRecent(QMenu* menu, Setting list)
{
    menu->clear();
    for (const QString& path : m_settings.value(list).toStringList()) {
        QAction* action = menu->addAction(QDir::toNativeSeparators(path));
        connect(action, &QAction::triggered, this, [this, path, list] {
            if (list == Setting::RecentCheckpoints)
                m_document.openCheckpoint(toPath(path));
            else if (list == Setting::RecentSessions)
                emit sessionChosen(toPath(path));
            else
                m_pictures.open({toPath(path)});
        });
    }
    if (menu->isEmpty())
        menu->addAction(tr("None yet"))->setEnabled(false);
}

} // namespace ocellus
