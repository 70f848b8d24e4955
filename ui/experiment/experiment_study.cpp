// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/experiment_study.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/edit/edit_reader.h"
#include "core/session/record_text.h"
#include "core/session/session.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/map_kind.h"
#include "ui/document/moved_picture.h"
#include "ui/document/open_model_request.h"
#include "ui/experiment/experiment_form.h"
#include "ui/experiment/experiment_page.h"
#include "ui/experiment/experiment_preview.h"
#include "ui/experiment/experiment_record.h"
#include "ui/experiment/experiment_results.h"
#include "ui/experiment/experiment_table_model.h"
#include "ui/experiment/experiment_text.h"
#include "ui/experiment/region_form.h"
#include "ui/figures/contact_sheet.h"
#include "ui/figures/figure_writer.h"

namespace ocellus {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

bool hasPlace(const Edit& edit)
{
    return !edit.mask.isNone() && !edit.mask.empty() && !changesGeometry(edit.operation);
}

/// The selected edit's, else the last one's that is of a part of the picture.
std::optional<Operation> selectedOperation(const PictureEditor& editor)
{
    const EditList& edits = editor.state().edits;
    const int selected = editor.selectedEdit();
    if (selected >= 0 && selected < static_cast<int>(edits.size())) {
        const Edit& edit = edits[static_cast<std::size_t>(selected)];
        return hasPlace(edit) ? std::optional(edit.operation) : std::nullopt;
    }
    const auto last = std::find_if(edits.rbegin(), edits.rend(), hasPlace);
    return last == edits.rend() ? std::nullopt : std::optional(last->operation);
}

std::vector<NamedMask> keptMasks(const PictureEdits& state)
{
    std::vector<NamedMask> masks;
    std::ranges::copy_if(state.masks, std::back_inserter(masks),
                         [](const NamedMask& mask) { return !mask.mask.empty(); });
    return masks;
}

/// The folder that all of them lie below.
fs::path commonFolder(const std::vector<fs::path>& paths)
{
    fs::path common = paths.front().parent_path();
    for (const fs::path& path : paths)
        while (!common.empty() && common != common.root_path() &&
               *path.lexically_relative(common).begin() == fs::path(".."))
            common = common.parent_path();
    return common;
}

fs::path numbered(const fs::path& path, std::size_t number)
{
    if (number == 0)
        return path;
    return path.parent_path() / (path.stem().string() + '-' + std::to_string(number + 1) + path.extension().string());
}

} // namespace

ExperimentStudy::ExperimentStudy(Document& document, LiveAnswer& answer, ExperimentPage& page, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_answer(answer),
      m_page(page),
      m_run(answer.controller()),
      m_preview(new ExperimentPreview(answer.controller(), *page.preview(), this))
{
    constexpr int restOfTheHand = 400; // ms
    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(restOfTheHand);
    connect(&m_previewTimer, &QTimer::timeout, this, &ExperimentStudy::preview);
    connect(&page, &ExperimentPage::shown, this, &ExperimentStudy::previewLater);
    connect(m_preview, &ExperimentPreview::changed, this, &ExperimentStudy::showEstimate);
    connectDocument();
    connectRun();
    connect(page.form(), &ExperimentForm::changed, this, [this] {
        m_page.setWhyNot(whyNotStartable());
        previewLater();
    });
    connect(&page, &ExperimentPage::startRequested, this, &ExperimentStudy::start);
    connect(&page, &ExperimentPage::cancelRequested, this, &ExperimentStudy::cancel);
    connect(page.results(), &ExperimentResults::pictureChosen, this, [this](const fs::path& path) {
        m_document.setCurrentPicture(m_document.pictures().rowOf(path));
        m_page.results()->setCanApply(whyNotApplicable());
    });
    connect(page.results(), &ExperimentResults::classActivated, &document, &Document::setCurrentClass);
    connect(page.results(), &ExperimentResults::applyRequested, this, &ExperimentStudy::applyChosen);
    m_firstChoices = recordText(page.form()->choices());
    showChoices();
}

void ExperimentStudy::connectDocument()
{
    const PictureEditor& editor = m_document.editor();
    connect(&editor, &PictureEditor::changed, this, &ExperimentStudy::showChoices);
    connect(&editor, &PictureEditor::selectedEditChanged, this, &ExperimentStudy::showChoices);
    for (const auto signal : {&Document::modelChanged, &Document::classNamesChanged})
        connect(&m_document, signal, this, &ExperimentStudy::showChoices);
    connect(&m_answer, &LiveAnswer::resultChanged, this, &ExperimentStudy::showChoices);
    connect(&m_document, &Document::currentPictureChanged, this, &ExperimentStudy::showChoices);
    connect(&m_document, &Document::currentClassChanged, this, &ExperimentStudy::showChoices);
    connect(&m_document, &Document::modelChanged, this, &ExperimentStudy::followModel);
}

/// What was found out is not about another model than it was asked of.
void ExperimentStudy::followModel()
{
    const auto& model = m_document.model();
    if (model && model->sha256 == m_report.model.sha256 && model->given == m_report.model.given) {
        m_report.model = *model; // of which a session told the file only
        return;
    }
    const bool hadSome = m_page.results()->rows()->rowCount() > 0;
    clear();
    if (!hadSome)
        return;
    m_page.setNote(tr("The experiment was about another model than the one that is open now."));
    emit keptChanged();
}

void ExperimentStudy::clear()
{
    m_report = {};
    m_page.results()->clear({});
    m_page.setCanExport(false, false);
}

void ExperimentStudy::connectRun()
{
    connect(&m_run, &FolderExperiment::started, &m_page, [this] { m_page.setRunning(true); });
    connect(&m_run, &FolderExperiment::progressed, &m_page, &ExperimentPage::setProgress);
    connect(&m_run, &FolderExperiment::found, this, [this](const ExperimentFinding& finding) {
        m_page.results()->add(finding);
        m_page.setCanExport(true, true);
    });
    connect(&m_run, &FolderExperiment::finished, this, [this] {
        m_page.setRunning(false);
        previewLater();
        emit keptChanged();
    });
    connect(&m_run, &FolderExperiment::cancelled, this, [this] {
        stopped(tr("Stopped after %1 of %2: what is done is kept.")
                    .arg(m_page.results()->rows()->rowCount())
                    .arg(m_report.planned));
    });
    connect(&m_run, &FolderExperiment::failed, this, [this](const Failure& failure) {
        stopped(summary(failure) + (failure.wayOut.isEmpty() ? QString() : '\n' + failure.wayOut));
    });
}

void ExperimentStudy::stopped(const QString& why)
{
    m_page.setRunning(false);
    m_page.setNote(why);
    previewLater();
    if (m_page.results()->rows()->rowCount() > 0)
        emit keptChanged();
}

void ExperimentStudy::showChoices()
{
    ExperimentForm& form = *m_page.form();
    const int shown = m_document.currentClass();
    form.region()->setMasks(keptMasks(m_document.editor().state()));
    form.region()->setMaps(mapKindOf(m_document), m_document.headCount());
    form.setShownClass(shown, shown < 0 ? QString() : m_document.classNames().label(shown));
    form.setSelectedEdit(selectedOperation(m_document.editor()));
    m_page.setWhyNot(whyNotStartable());
    m_page.results()->setCanApply(whyNotApplicable());
    previewLater();
}

void ExperimentStudy::previewLater()
{
    if (m_page.isVisible())
        m_previewTimer.start();
}

/// While the experiment runs its own pictures come; the preview would only hold it up.
void ExperimentStudy::preview()
{
    if (!m_page.isVisible())
        return;
    if (m_run.isRunning()) {
        m_page.preview()->setStale(true);
        m_page.setEstimate({});
        return;
    }
    if (const QString why = whyNotStartable(); !why.isEmpty()) {
        m_preview->clear(why);
        return;
    }
    FolderExperiment::Wish asked = wish();
    m_previewed = asked.pictures.size();
    // The picture that is looked at is the one whose edit can be judged.
    const auto shown = std::ranges::find_if(asked.pictures, [this](const ExperimentPicture& picture) {
        return picture.file.path == m_document.editor().picture();
    });
    if (shown != asked.pictures.end())
        std::rotate(asked.pictures.begin(), shown, shown + 1);
    if (asked.pictures.empty())
        m_preview->clear(noPicturesText());
    else
        m_preview->show(asked, m_document.classNames().table());
    showEstimate();
}

void ExperimentStudy::showEstimate()
{
    const auto seconds = m_preview->seconds();
    m_page.setEstimate(seconds && m_previewed > 0
                           ? durationText(*seconds, static_cast<int>(m_previewed), m_page.form()->controls())
                           : QString());
}

QString ExperimentStudy::whyNotStartable() const
{
    if (!m_document.model() || !m_answer.result().decoding)
        return tr("Open a model and pictures first.");
    if (!m_document.model()->offer.hasLogits)
        return tr("This model has no classes: an experiment counts what edits do to what a model says of them.");
    return m_page.form()->whyNot();
}

std::vector<ExperimentPicture> ExperimentStudy::pictures(const EditRecipe& recipe) const
{
    const PictureListModel& list = m_document.pictures();
    const bool all = m_page.form()->pictures() == ExperimentForm::Pictures::AllOpen;
    std::vector<fs::path> paths;
    std::vector<std::optional<int>> classes;
    for (int row = 0; row < list.rowCount(); ++row) {
        const int truth = list.index(row).data(PictureListModel::TrueClassRole).toInt();
        if (!all && truth != m_document.currentClass())
            continue;
        paths.push_back(list.path(row));
        classes.push_back(truth < 0 ? std::nullopt : std::optional(truth));
    }
    if (paths.empty())
        return {};
    const fs::path folder = commonFolder(paths);
    const auto* named = std::get_if<NamedMaskRegion>(&recipe.region);
    std::vector<ExperimentPicture> pictures;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        ExperimentPicture picture{
            {paths[i], paths[i].lexically_relative(folder), {}}, folder.filename().string(), classes[i]};
        if (named)
            for (const NamedMask& mask : m_document.editor().historyOf(paths[i]).state().masks)
                if (mask.name == named->name)
                    picture.mask = mask.mask;
        pictures.push_back(std::move(picture));
    }
    removeMasks(pictures, recipe);
    return pictures;
}

/// What the form asks for. There is a model.
FolderExperiment::Wish ExperimentStudy::wish() const
{
    const ExperimentForm& form = *m_page.form();
    FolderExperiment::Wish wish;
    wish.request = openModelRequest(m_document);
    wish.request.intervention = {};
    wish.modelSha256 = m_document.model()->sha256;
    wish.settings.recipe = form.recipe();
    wish.settings.preprocess = wish.request.preprocessFor(*m_document.model());
    wish.settings.decode = wish.request.decode;
    wish.settings.decode.showDamaged = false; // many pictures: what is damaged is named and not counted
    wish.settings.controls = form.controls();
    wish.settings.onAnimal = form.onAnimal();
    wish.settings.use = EncodeUse::Passing;
    wish.pictures = pictures(wish.settings.recipe);
    return wish;
}

QString ExperimentStudy::noPicturesText() const
{
    return tr("None of the open pictures lies in a folder named after %1: open some, or take all open pictures.")
        .arg(m_document.classNames().label(m_document.currentClass()));
}

void ExperimentStudy::start()
{
    if (!whyNotStartable().isEmpty())
        return;
    const FolderExperiment::Wish wish = this->wish();
    if (wish.pictures.empty()) {
        m_page.setNote(noPicturesText());
        return;
    }
    m_previewTimer.stop();
    m_preview->stop();
    m_run.cancel();
    m_report = {*m_document.model(),
                m_document.classNames().table(),
                "pictures that were open",
                wish.settings.preprocess,
                wish.settings.decode,
                wish.settings.recipe,
                wish.settings.controls,
                wish.settings.onAnimal,
                wish.settings.seed,
                {}, // the true classes are not known
                {},
                {},
                wish.pictures.size(),
                {}};
    m_page.setNote({});
    const bool hadSome = m_page.results()->rows()->rowCount() > 0;
    m_page.results()->clear(m_report.table);
    m_page.setCanExport(false, false);
    if (hadSome)
        emit keptChanged();
    m_run.start(wish);
}

QString ExperimentStudy::whyNotApplicable() const
{
    const ExperimentFinding* finding = m_page.results()->chosen();
    if (!finding || !finding->row.isDone())
        return tr("Choose a picture that was edited.");
    const PictureEditor& editor = m_document.editor();
    if (editor.picture() != finding->path || !editor.isReady())
        return tr("The picture is not shown: it was closed, or is on its way.");
    return {};
}

void ExperimentStudy::applyChosen()
{
    if (!whyNotApplicable().isEmpty())
        return;
    const ExperimentFinding& finding = *m_page.results()->chosen();
    try {
        m_document.editor().addEdit(
            {tr("experiment").toStdString(), EditReader("mask").mask(finding.mask), m_report.recipe.operation, true});
    } catch (const Error&) { // it can come from anybody's session
        emit failed(failureOf(Step::Edit, std::current_exception()));
    }
}

std::string ExperimentStudy::table() const
{
    std::string csv = experimentHeader();
    for (const ExperimentFinding& finding : m_page.results()->rows()->findings())
        csv += experimentLine(finding.row, m_report.table);
    return csv;
}

std::function<ExperimentReport()> ExperimentStudy::reporter() const
{
    std::vector<ExperimentRow> rows;
    for (const ExperimentFinding& finding : m_page.results()->rows()->findings())
        rows.push_back(finding.row);
    return [report = m_report, rows = std::move(rows)]() mutable {
        report.summary = summaryOf(rows, report.seed);
        return report;
    };
}

std::string ExperimentStudy::kept() const
{
    const std::vector<ExperimentFinding>& findings = m_page.results()->rows()->findings();
    const json form = m_page.form()->choices();
    if (findings.empty() && recordText(form) == m_firstChoices)
        return {};
    const auto textOf = [&form](const json& results) { return recordText(json{{"form", form}, {"results", results}}); };
    if (findings.empty())
        return textOf(json());
    std::string text = textOf(jsonOf(ExperimentRecord{m_report, findings}));
    if (text.size() <= maxFindingBytes)
        return text;
    // More than a session takes: the numbers without the thumbnails, or the form alone.
    std::vector<ExperimentFinding> light = findings;
    for (ExperimentFinding& finding : light) {
        finding.before.clear();
        finding.after.clear();
    }
    text = textOf(jsonOf(ExperimentRecord{m_report, std::move(light)}));
    return text.size() <= maxFindingBytes ? text : textOf(json());
}

void ExperimentStudy::restore(const std::string& kept)
{
    m_run.cancel();
    clear();
    m_page.setNote({});
    if (kept.empty())
        return;
    try {
        SessionReader reader(tr("the session's experiment").toStdString(), {});
        const json value = parsedRecord(reader, kept);
        reader.requireKeys(value, "an experiment", {"form", "results"});
        std::optional<ExperimentRecord> record;
        if (!value["results"].is_null())
            record = experimentRecordIn(reader, value["results"]);
        m_page.form()->setChoices(reader, value["form"]);
        if (record)
            show(std::move(*record));
    } catch (const Error&) {
        emit failed(failureOf(Step::Session, std::current_exception()));
    }
}

/// As it was found: of the pictures and the model of then, which the note names.
void ExperimentStudy::show(ExperimentRecord record)
{
    m_report = std::move(record.report);
    m_page.results()->clear(m_report.table);
    for (ExperimentFinding& finding : record.findings) {
        finding.path = movedPicture(m_document.pictures(), finding.path);
        m_page.results()->add(finding);
    }
    m_page.setCanExport(true, true);
    m_page.setNote(tr("From the session: %1, asked of %2.")
                       .arg(state(), QString::fromStdString(m_report.model.path.filename().string())));
    if (const auto& model = m_document.model();
        model && model->sha256 == m_report.model.sha256 && model->given == m_report.model.given)
        m_report.model = *model;
}

QString ExperimentStudy::state() const
{
    const auto done = static_cast<std::size_t>(m_page.results()->rows()->rowCount());
    const QString text = tr("%1 of %2 pictures").arg(done).arg(m_report.planned);
    if (isRunning())
        return tr("%1, going on").arg(text);
    return done < m_report.planned ? tr("%1, stopped").arg(text) : tr("%1, whole").arg(text);
}

ExperimentOrigin ExperimentStudy::origin() const
{
    constexpr std::size_t shownHashDigits = 12;
    return {QString::fromStdString(describe(m_report.recipe)),
            QString::fromStdString(m_report.model.path.filename().string()),
            QString::fromStdString(m_report.model.sha256.substr(0, shownHashDigits))};
}

std::optional<MapMatrix> ExperimentStudy::matrix() const
{
    const MapMatrix matrix = experimentMatrix(*m_page.results()->rows(), origin());
    return matrix.isEmpty() ? std::nullopt : std::optional(matrix);
}

std::function<void(const fs::path&)> ExperimentStudy::sheetWriter() const
{
    const ExperimentOrigin of = origin();
    ContactSheet sheet;
    sheet.title = of.recipe;
    sheet.madeBy = QStringLiteral("%1, SHA-256 %2").arg(of.modelName, of.modelHash);
    const ExperimentTableModel& rows = *m_page.results()->rows();
    std::vector<std::pair<ExperimentFinding, QStringList>> entries;
    for (const ExperimentFinding& finding : rows.findings())
        if (const ExperimentRow& row = finding.row; row.isDone())
            entries.emplace_back(
                finding,
                QStringList{answerText(rows.className(row.predicted.classIndex), row.predicted.before.probability),
                            answerText(rows.className(row.predictedAfter), row.probabilityAfter)});
    return [sheet, entries](const fs::path& path) {
        for (std::size_t first = 0; first < entries.size(); first += entriesPerSheet) {
            ContactSheet page = sheet;
            for (std::size_t i = first; i < std::min(first + entriesPerSheet, entries.size()); ++i) {
                const auto& [finding, answers] = entries[i];
                page.entries.push_back({QImage::fromData(finding.before), QImage::fromData(finding.after),
                                        QString::fromStdString(finding.row.picture), answers[0], answers[1],
                                        finding.row.flipped()});
            }
            writeFigure(numbered(path, first / entriesPerSheet), figureOf(page));
        }
    };
}

} // namespace ocellus
