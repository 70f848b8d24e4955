// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/prediction_study.h"

#include <utility>

#include <QFileInfo>

#include "core/dataset/dataset_file.h"
#include "core/io/atomic_file.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/open_model_request.h"
#include "ui/document/setting_groups.h"
#include "ui/engine/model_name.h"
#include "ui/engine/paths.h"
#include "ui/figures/time_text.h"
#include "ui/prediction/prediction_page.h"
#include "ui/prediction/prediction_table_model.h"
#include "ui/prediction/sorting_dialog.h"

namespace ocellus {

namespace fs = std::filesystem;

PredictionStudy::PredictionStudy(Document& document, LiveAnswer& answer, DatasetDocument&, Settings& settings,
                                 AskForFiles ask, PredictionPage& page)
    : QObject(&page),
      m_document(document),
      m_settings(settings),
      m_ask(ask),
      m_page(page),
      m_question(std::move(ask), settings, &page),
      m_run(answer.controller()),
      m_unsaved(toPath(settings.recoveryFolder()) / "predictions",
                [&page]() -> const PredictionSheet& { return page.rows()->sheet(); }),
      m_planning(this)
{
    m_clock.start();
    connectPage();
    connectRun();
    connect(&document, &Document::modelChanged, this, &PredictionStudy::update);
    connect(&document, &Document::requestChanged, this, &PredictionStudy::update);
    connect(&m_unsaved, &UnsavedPredictions::unsavedChanged, &page, &PredictionPage::setUnsaved);
    connect(&m_unsaved, &UnsavedPredictions::failed, &page, &PredictionPage::failed);
    connect(&m_unsaved, &UnsavedPredictions::found, this, [this](const PredictionSheet& sheet) {
        if (isRunning() || m_page.rows()->rowCount() > 0)
            return;
        m_page.rows()->setSheet(sheet);
        m_page.updateNames();
        m_folder = sheet.folder;
        m_page.setFolder(toQString(m_folder), toQString(m_folder));
        update();
        emit m_page.done(tr("Corrections of predictions that were not saved last time are there again"));
    });
    const auto readThumbnails = [this] { m_page.thumbnails().setDecodeOptions(decodeOptions(m_settings)); };
    readThumbnails();
    connect(&settings, &Settings::changed, this, [readThumbnails](Setting setting) {
        if (concernsDecoding(setting))
            readThumbnails();
    });
    update();
    m_unsaved.restore();
}

PredictionStudy::~PredictionStudy()
{
    m_sorting.request_stop();
}

void PredictionStudy::connectPage()
{
    connect(&m_page, &PredictionPage::folderRequested, this, &PredictionStudy::askForFolder);
    connect(&m_page, &PredictionPage::startRequested, this, &PredictionStudy::start);
    connect(&m_page, &PredictionPage::startAnywayRequested, this, &PredictionStudy::startAnyway);
    connect(&m_page, &PredictionPage::cancelRequested, this, &PredictionStudy::cancel);
    connect(&m_page, &PredictionPage::csvRequested, this, &PredictionStudy::exportCsv);
    connect(&m_page, &PredictionPage::datasetRequested, this, &PredictionStudy::saveDataset);
    connect(&m_page, &PredictionPage::sortingRequested, this, &PredictionStudy::askForSorting);
    connect(m_page.rows(), &PredictionTableModel::corrected, this, [this] {
        ++m_corrections;
        m_unsaved.noteCorrection();
    });
    connect(&m_exporter, &Exporter::failed, &m_page, &PredictionPage::failed);
    connect(&m_exporter, &Exporter::written, this,
            [this](const QString& path) { emit m_page.done(tr("Wrote %1").arg(path)); });
    connect(&m_sorter, &Exporter::written, this, [this](const QString& path) {
        endSorting();
        emit m_page.done(tr("Wrote %1").arg(path));
    });
    connect(&m_sorter, &Exporter::failed, this, [this](const Failure& failure) {
        endSorting();
        if (failure.isCancelled())
            emit m_page.done(tr("Stopped; what was sorted by then stays"));
        else
            emit m_page.failed(failure);
    });
}

void PredictionStudy::connectRun()
{
    connect(&m_run, &PredictionRun::listed, this, [this](const PredictionSheet& sheet, const QString& leftOut) {
        m_page.rows()->setSheet(sheet);
        m_page.updateNames();
        if (!leftOut.isEmpty())
            emit m_page.done(leftOut);
        update();
    });
    connect(&m_run, &PredictionRun::named, this, [this](PredictedPicture picture) {
        if (const auto before = m_checked.find(picture.path); before != m_checked.end())
            keepChecks(picture, before->second, m_page.rows()->sheet().table);
        m_page.rows()->add(picture);
    });
    connect(&m_run, &PredictionRun::progressed, this, [this](int done, int total) {
        m_pace.note(done, total, true, m_clock.elapsed());
        const std::optional<double> left = m_pace.secondsLeft();
        m_page.setProgress(done, total, left && done < total ? timeLeftText(*left) : QString());
    });
    connect(&m_run, &PredictionRun::finished, this, [this] { end({}); });
    connect(&m_run, &PredictionRun::cancelled, this, [this] { end({}); });
    connect(&m_run, &PredictionRun::failed, this, [this](const Failure& failure) {
        end(failure.wayOut.isEmpty() ? summary(failure) : summary(failure) + QLatin1Char('\n') + failure.wayOut);
        if (!m_page.isVisible()) // else its note says so
            emit m_page.failed(failure);
    });
}

void PredictionStudy::askForFolder()
{
    m_ask(&m_page, {FileQuestion::Kind::OpenFolder, tr("New pictures"), m_settings.text(Setting::LastFolder), {}, {}},
          [this](const QStringList& paths) {
              if (paths.isEmpty())
                  return;
              m_settings.setValue(Setting::LastFolder, QFileInfo(paths.first()).absolutePath());
              setFolder(toPath(paths.first()));
          });
}

void PredictionStudy::setFolder(const fs::path& folder)
{
    m_folder = folder;
    m_page.setFolder(toQString(folder), toQString(folder));
    update();
}

QString PredictionStudy::whyNotStartable() const
{
    if (!m_document.model())
        return tr("Open a model first: the one that is open names the pictures.");
    if (!m_document.model()->offer.hasLogits)
        return tr("This model has no classes, so it names nothing: train a head on it first.");
    return m_folder.empty() ? tr("Choose a folder of pictures to name.") : QString();
}

bool PredictionStudy::isOfOpenModel() const
{
    return m_document.model() && m_page.rows()->sheet().source.modelHash == m_document.model()->sha256;
}

QString PredictionStudy::whyStale() const
{
    const PredictionSheet& sheet = m_page.rows()->sheet();
    if (sheet.pictures.empty() || !m_document.model() || isOfOpenModel())
        return {};
    return tr("These names are those of %1; another model is open now.").arg(withItsFolder(sheet.checkpoint));
}

void PredictionStudy::update()
{
    m_page.setWhyNot(isRunning() ? QString() : whyNotStartable());
    m_page.setRunning(isRunning());
    m_page.setSorting(m_isSorting);
    m_page.setStale(whyStale());
    m_page.rows()->setIsOfOpenModel(isOfOpenModel());
    m_page.updateSummary();
}

void PredictionStudy::cancel()
{
    m_run.cancel();
    m_sorting.request_stop();
}

void PredictionStudy::start()
{
    if (isRunning() || !whyNotStartable().isEmpty())
        return;
    if (isUnsaved()) {
        m_page.askBeforeStart(true);
        return;
    }
    startAnyway();
}

void PredictionStudy::startAnyway()
{
    m_page.askBeforeStart(false);
    if (isRunning() || !whyNotStartable().isEmpty())
        return;
    // What a file has is on the screen again too; the rest the user gives up.
    const bool isGivenUp = isUnsaved();
    m_unsaved.noteSaved();
    PredictionRun::Wish wish;
    wish.request = openModelRequest(m_document);
    wish.request.decode.showDamaged = false; // what is damaged is told, and not named
    wish.folder = m_folder;
    if (const ClassNames& names = m_document.classNames(); !names.path().empty() && names.areKnown())
        wish.given = names.table();
    if (isGivenUp)
        m_checked.clear();
    for (const PredictedPicture& picture : m_page.rows()->sheet().pictures)
        if (picture.isChecked() && !isGivenUp)
            m_checked.insert_or_assign(picture.path, picture);
        else
            m_checked.erase(picture.path);
    m_page.rows()->setSheet({});
    m_page.setNote({});
    m_pace = {};
    m_run.start(wish);
    update();
}

void PredictionStudy::end(const QString& note)
{
    m_page.setNote(note);
    update();
}

void PredictionStudy::write(const QString& title, const QString& filter, const QString& name,
                            std::function<void(const fs::path&)> writer)
{
    m_question.ask(
        title, filter, name,
        [this, writer = std::move(writer)](const QString& path) {
            const int corrections = m_corrections;
            m_exporter.write(path, [this, path, writer, corrections] {
                writer(toPath(path));
                // What was corrected after it was asked for is in no file yet.
                QMetaObject::invokeMethod(
                    this,
                    [this, corrections] {
                        if (corrections == m_corrections)
                            m_unsaved.noteSaved();
                    },
                    Qt::QueuedConnection);
            });
        },
        [this](const Failure& why) { emit m_page.failed(why); });
}

void PredictionStudy::exportCsv()
{
    write(tr("Export table"), tr("Comma-separated values (*.csv)"), QStringLiteral("predictions.csv"),
          [sheet = m_page.rows()->sheet()](const fs::path& path) { writeFileAtomically(path, csvOf(sheet)); });
}

void PredictionStudy::saveDataset()
{
    write(tr("Save as data set"), tr("Data sets (*.ocellus-dataset)"), QStringLiteral("corrected.ocellus-dataset"),
          [sheet = m_page.rows()->sheet()](const fs::path& path) {
              writeDatasetFile(path, datasetOf(sheet), OCELLUS_VERSION);
          });
}

void PredictionStudy::askForSorting()
{
    m_ask(&m_page,
          {FileQuestion::Kind::OpenFolder, tr("Sort into folders in"), m_settings.text(Setting::LastFolder), {}, {}},
          [this](const QStringList& paths) {
              if (!paths.isEmpty())
                  planSortingInto(toPath(paths.first()));
          });
}

void PredictionStudy::planSortingInto(const fs::path& root)
{
    beginSorting();
    m_planning.read<std::vector<SortedPicture>>(
        Step::Export,
        [plan = sortingOf(m_page.rows()->sheet()), root, stop = m_sorting.get_token()] {
            std::vector<SortedPicture> planned = plan;
            planSorting(planned, root, Progress(stop));
            return planned;
        },
        [this, root](std::vector<SortedPicture> plan) {
            endSorting();
            showSorting(std::move(plan), root);
        },
        [this](const Failure& failure) {
            endSorting();
            if (!failure.isCancelled())
                emit m_page.failed(failure);
        });
}

void PredictionStudy::showSorting(std::vector<SortedPicture> plan, const fs::path& root)
{
    auto* dialog = new SortingDialog(std::move(plan), root, &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SortingDialog::sortingAccepted, this, &PredictionStudy::sort);
    dialog->open();
}

void PredictionStudy::sort(const std::vector<SortedPicture>& plan, SortBy by)
{
    if (plan.empty())
        return;
    beginSorting();
    m_sorter.write(toQString(plan.front().to.parent_path().parent_path()),
                   [plan, by, stop = m_sorting.get_token()] { sortPictures(plan, by, Progress(stop)); });
}

void PredictionStudy::beginSorting()
{
    m_sorting = std::stop_source();
    m_isSorting = true;
    update();
}

void PredictionStudy::endSorting()
{
    m_isSorting = false;
    update();
}

} // namespace ocellus
