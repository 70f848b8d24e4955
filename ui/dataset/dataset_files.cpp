// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_files.h"

#include <utility>

#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include "core/dataset/dataset_file.h"
#include "ui/dataset/columns_dialog.h"
#include "ui/dataset/dataset_document.h"
#include "ui/document/settings.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

/// The folder's only data set's file.
std::optional<std::filesystem::path> savedIn(const std::filesystem::path& folder)
{
    std::optional<std::filesystem::path> saved;
    std::error_code failure;
    for (std::filesystem::directory_iterator entry(folder, failure);
         !failure && entry != std::filesystem::directory_iterator(); entry.increment(failure)) {
        if (entry->path().extension() != datasetExtension)
            continue;
        if (saved)
            return std::nullopt;
        saved = entry->path();
    }
    return saved;
}

QString datasetFilter()
{
    return DatasetFiles::tr("Data sets (*%1)").arg(QLatin1String(datasetExtension));
}

} // namespace

DatasetFiles::DatasetFiles(DatasetDocument& dataset, Settings& settings, AskForFiles ask, QWidget* window)
    : QObject(window),
      m_dataset(dataset),
      m_settings(settings),
      m_ask(std::move(ask)),
      m_window(window),
      m_reading(this)
{
    connect(&dataset, &DatasetDocument::columnsAsked, this, &DatasetFiles::askForColumns);
}

/// Of a folder, its table is opened: only that has columns.
void DatasetFiles::askForColumns(const DatasetDocument::Unclear& unclear)
{
    auto* dialog = new ColumnsDialog(unclear.table, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    std::vector<std::filesystem::path> sources = unclear.sources;
    for (std::filesystem::path& source : sources)
        if (std::error_code gone; std::filesystem::equivalent(source, unclear.table.table().parent_path(), gone))
            source = unclear.table.table();
    connect(dialog, &QDialog::accepted, this, [this, dialog, sources, isMore = unclear.isMore] {
        if (isMore)
            m_dataset.addSources(sources, dialog->columns());
        else
            m_dataset.openSources(sources, dialog->columns());
    });
    dialog->open();
}

void DatasetFiles::ask(FileQuestion question, std::function<void(const QStringList&)> answer)
{
    question.folder = m_settings.text(Setting::LastFolder);
    const bool isFolder = question.kind == FileQuestion::Kind::OpenFolder;
    m_ask(m_window, question, [this, isFolder, answer = std::move(answer)](const QStringList& paths) {
        if (paths.isEmpty())
            return;
        m_settings.setValue(Setting::LastFolder, isFolder ? paths.first() : QFileInfo(paths.first()).absolutePath());
        answer(paths);
    });
}

void DatasetFiles::chooseFolder()
{
    ask({FileQuestion::Kind::OpenFolder, tr("Folder with a folder of pictures for each species"), {}, {}, {}},
        [this](const QStringList& paths) { open({toPath(paths.first())}); });
}

void DatasetFiles::chooseTable()
{
    ask({FileQuestion::Kind::OpenFile,
         tr("Table with a picture and a species in each row"),
         {},
         tr("Tables (*.csv *.tsv *.txt);;All files (*)"),
         {}},
        [this](const QStringList& paths) { open({toPath(paths.first())}); });
}

void DatasetFiles::chooseFile()
{
    ask({FileQuestion::Kind::OpenFile, tr("Open data set"), {}, datasetFilter(), {}},
        [this](const QStringList& paths) { open({toPath(paths.first())}); });
}

void DatasetFiles::chooseMore()
{
    ask({FileQuestion::Kind::OpenFolder, tr("Further folder with a folder of pictures for each species"), {}, {}, {}},
        [this](const QStringList& paths) { m_dataset.addSources({toPath(paths.first())}); });
}

void DatasetFiles::chooseBoxes()
{
    ask({FileQuestion::Kind::OpenFile,
         tr("Boxes of the animals"),
         {},
         tr("Boxes (*.json *.csv *.tsv *.txt);;All files (*)"),
         {}},
        [this](const QStringList& paths) {
            m_reading.read<BoxFile>(
                Step::Dataset, [path = toPath(paths.first())] { return readBoxFile(path); },
                [this](const BoxFile& boxes) { takeBoxes(boxes); },
                [this](const Failure& failure) { emit failed(failure); });
        });
}

void DatasetFiles::takeBoxes(const BoxFile& boxes)
{
    std::size_t unmatched = 0;
    AssignBoxes step;
    try {
        step = boxesFor(m_dataset.dataset(), boxes, unmatched);
    } catch (...) {
        emit failed(failureOf(Step::Dataset, std::current_exception()));
        return;
    }
    const auto count = static_cast<int>(step.pictures.size());
    if (!m_dataset.apply(std::move(step)))
        return;
    QStringList lines{tr("%n picture(s) have their box now.", nullptr, count)};
    if (unmatched > 0)
        lines << tr("%n box(es) are of no picture of the data set, or fit several.", nullptr,
                    static_cast<int>(unmatched));
    for (const std::string& note : boxes.notes)
        lines << QString::fromStdString(note);
    emit done(lines.join('\n'));
}

void DatasetFiles::open(const std::vector<std::filesystem::path>& paths)
{
    if (paths.empty())
        return;
    if (const auto saved = paths.size() == 1 ? savedIn(paths.front()) : std::nullopt)
        askForSaved(paths.front(), *saved);
    else
        openAsTold(paths);
}

/// What was decided about the pictures of a folder may lie in it: nobody wants to decide it twice, or to lose it.
void DatasetFiles::askForSaved(const std::filesystem::path& folder, const std::filesystem::path& saved)
{
    const QString name = toQString(saved.filename());
    auto* question = new QMessageBox(QMessageBox::Question, tr("Saved data set"),
                                     tr("%1 was saved in this folder.").arg(name), QMessageBox::Cancel, m_window);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(tr("It has what was decided about these pictures: their split, what was left out, "
                                    "merged or cropped."));
    auto* open = question->addButton(tr("&Open it"), QMessageBox::AcceptRole);
    auto* anew = question->addButton(tr("Begin &anew"), QMessageBox::DestructiveRole);
    question->setDefaultButton(open);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(open, &QAbstractButton::clicked, this, [this, saved] { openAsTold({saved}); });
    connect(anew, &QAbstractButton::clicked, this, [this, folder] { openAsTold({folder}); });
    question->open();
}

void DatasetFiles::openAsTold(const std::vector<std::filesystem::path>& paths)
{
    const Action openNow = [this, paths] {
        if (paths.size() == 1 && paths.front().extension() == datasetExtension)
            m_dataset.openFile(paths.front());
        else
            m_dataset.openSources(paths);
    };
    pursue(openNow, openNow);
}

bool DatasetFiles::mayClose()
{
    if (!m_question && (!m_dataset.isUnsaved() || m_discarded == m_dataset.revision()))
        return true;
    pursue([this] { emit closeApproved(); },
           [this] {
               m_discarded = m_dataset.revision();
               emit closeApproved();
           });
    return false;
}

void DatasetFiles::pursue(const Action& afterSaving, const Action& afterDiscarding)
{
    if (m_question) { // about another goal, or this one
        m_question->raise();
        return;
    }
    if (!m_dataset.isUnsaved()) {
        afterSaving();
        return;
    }
    m_question = new QMessageBox(QMessageBox::Question, tr("Unsaved data set"), tr("Save %1?").arg(m_dataset.name()),
                                 QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    m_question->setInformativeText(m_dataset.file().empty()
                                       ? tr("What was decided about its pictures is in no file yet.")
                                       : tr("%1 does not have all of it.").arg(toQString(m_dataset.file().filename())));
    m_question->setTextFormat(Qt::PlainText); // the name is a folder's
    m_question->setDefaultButton(QMessageBox::Save);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_question, &QMessageBox::finished, this, [this, afterSaving, afterDiscarding](int answer) {
        m_question = nullptr; // it is deleted a moment later
        if (answer == QMessageBox::Save)
            saveThen(afterSaving);
        else if (answer == QMessageBox::Discard)
            afterDiscarding();
    });
    m_question->open();
}

void DatasetFiles::save()
{
    saveThen({});
}

void DatasetFiles::saveAs()
{
    saveAsThen({});
}

void DatasetFiles::saveThen(const Action& then)
{
    if (m_dataset.file().empty())
        saveAsThen(then);
    else
        write(m_dataset.file(), then);
}

void DatasetFiles::saveAsThen(const Action& then)
{
    ask({FileQuestion::Kind::Save,
         tr("Save data set"),
         {},
         datasetFilter(),
         m_dataset.name() + QLatin1String(datasetExtension)},
        [this, then](const QStringList& paths) {
            std::filesystem::path path = toPath(paths.first());
            if (path.extension() != datasetExtension) // "Birds v1.2" has none
                path += datasetExtension;
            write(path, then);
        });
}

void DatasetFiles::write(const std::filesystem::path& file, const Action& then)
{
    if (!m_dataset.save(file))
        return;
    emit done(tr("Saved %1").arg(QDir::toNativeSeparators(toQString(file))));
    if (then)
        then();
}

} // namespace ocellus
