// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include <QObject>

#include "core/engine/model_settings.h"
#include "ui/document/settings.h"
#include "ui/engine/exporter.h"
#include "ui/figures/figure_writer.h"
#include "ui/files/save_question.h"
#include "ui/window/shown_view.h"

class QMenu;

namespace ocellus {

class Document;
class LiveAnswer;
class PictureListFiller;
class PictureRemovals;
class WindowActions;

/// Opens and exports: asks for paths, tells files apart, and carries the document's content into files.
class FileCommands : public QObject {
    Q_OBJECT

public:
    /// `sample` is the folder of findSample(), `window` the parent of the dialogs.
    FileCommands(Document& document, LiveAnswer& answer, PictureListFiller& pictures, PictureRemovals& removals,
                 Settings& settings, AskForFiles ask, std::filesystem::path sample, QWidget* window);

    void connectTo(const WindowActions& actions);
    /// What is exported in the place of the tiles.
    void setView(AskForView view) { m_view = std::move(view); }
    /// What is shown with all that was found out about it.
    void setEvidence(std::function<Explanation()> evidence) { m_evidence = std::move(evidence); }

    /// Sessions, data sets, checkpoints, class tables, pictures and folders, told apart by their names; of several
    /// checkpoints the last.
    void open(const std::vector<std::filesystem::path>& paths);
    void openSample();

    /// From the list, which can be undone.
    void removePicture(int row);
    void chooseCheckpoint();
    void choosePictures();
    void chooseFolder();
    void chooseClassTable();
    /// Into a file beside it, see keepBeside().
    void keepBesideCheckpoint(const ModelSettings& settings);
    void chooseClassFolder(); ///< whose sub-folders are the classes, in byte order

signals:
    void sessionChosen(const std::filesystem::path& file);
    void datasetChosen(const std::filesystem::path& file);
    void done(const QString& what); ///< something that the history should tell
    void failed(const ocellus::Failure& failure);

private:
    void ask(FileQuestion question, std::function<void(const QStringList&)> answer);
    /// `view` is what is written; without a name the tiles' picture and class.
    void save(const QString& title, const QString& filter, const ShownView& view, const QString& ending,
              std::function<void(const QString&)> write);
    Figure figureOf(const ShownView& view) const;
    void exportFigure(const Figure& figure, const ShownView& view, const QString& ending);
    void exportArrays();
    void exportMapsCsv();
    void exportLogitsCsv();
    void exportEvidenceCsv();
    void copyFigure();
    void fillRecent(QMenu* menu, Setting list);

    Document& m_document;
    LiveAnswer& m_answer;
    PictureListFiller& m_pictures;
    PictureRemovals& m_removals;
    Settings& m_settings;
    AskForFiles m_ask;
    SaveQuestion m_question;
    std::filesystem::path m_sample;
    QWidget* m_window;
    AskForView m_view = [] { return ShownView(); };
    std::function<Explanation()> m_evidence = [] { return Explanation(); };
    Exporter m_exporter;
};

} // namespace ocellus
