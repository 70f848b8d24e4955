// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/evaluation_study.h"

#include <utility>

#include <QFileInfo>

#include "core/evaluation/evaluation_report.h"
#include "core/io/atomic_file.h"
#include "ui/dataset/dataset_document.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/open_model_request.h"
#include "ui/document/setting_groups.h"
#include "ui/engine/model_name.h"
#include "ui/engine/paths.h"
#include "ui/evaluation/class_results.h"
#include "ui/evaluation/confusion_pane.h"
#include "ui/evaluation/evaluation_page.h"
#include "ui/evaluation/evaluation_text.h"
#include "ui/evaluation/model_comparison_pane.h"
#include "ui/evaluation/trust_pane.h"
#include "ui/figures/evaluation_files.h"
#include "ui/figures/number_text.h"
#include "ui/figures/time_text.h"

namespace ocellus {

namespace fs = std::filesystem;

using Source = EvaluationForm::Source;

namespace {

QStringList namesOf(const ClassTable& table)
{
    QStringList names;
    for (const ClassTable::Entry& entry : table.entries)
        names += QString::fromStdString(displayName(entry.name));
    return names;
}

/// "evaluation of intr", with a number where there is one already.
fs::path newFolder(const fs::path& parent, const fs::path& checkpoint)
{
    const std::string name = "evaluation of " + checkpoint.stem().string();
    fs::path folder = parent / name;
    for (int number = 2; fs::exists(folder); ++number)
        folder = parent / (name + " " + std::to_string(number));
    return folder;
}

} // namespace

EvaluationStudy::EvaluationStudy(Document& document, LiveAnswer& answer, DatasetDocument& dataset, Settings& settings,
                                 AskForFiles ask, EvaluationPage& page)
    : QObject(&page),
      m_document(document),
      m_dataset(dataset),
      m_settings(settings),
      m_ask(std::move(ask)),
      m_page(page),
      m_source(dataset, *page.form()),
      m_run(answer.controller()),
      m_second(answer.controller())
{
    m_clock.start();
    connectForm();
    connectRuns();
    connectDocument();
    connectPage();
    m_page.showFindings(nullptr, {});
    update();
}

void EvaluationStudy::connectForm()
{
    EvaluationForm* form = m_page.form();
    connect(form, &EvaluationForm::sourceWanted, this, &EvaluationStudy::askForSource);
    connect(form, &EvaluationForm::unusualWanted, this, &EvaluationStudy::askForUnusual);
    connect(form, &EvaluationForm::startRequested, this, &EvaluationStudy::start);
    connect(form, &EvaluationForm::cancelRequested, this, &EvaluationStudy::cancel);
}

void EvaluationStudy::connectRuns()
{
    connect(&m_run, &EvaluationRun::progressed, this, &EvaluationStudy::showProgress);
    connect(&m_run, &EvaluationRun::finished, this, &EvaluationStudy::take);
    connect(&m_second, &EvaluationRun::progressed, this, &EvaluationStudy::showProgress);
    connect(&m_second, &EvaluationRun::finished, this, &EvaluationStudy::takeSecond);
    for (EvaluationRun* run : {&m_run, &m_second}) {
        connect(run, &EvaluationRun::cancelled, this, [this] { end({}); });
        connect(run, &EvaluationRun::failed, this, [this](const Failure& failure) {
            end(failure.wayOut.isEmpty() ? summary(failure) : summary(failure) + QLatin1Char('\n') + failure.wayOut);
            if (!m_page.isVisible()) // else its note says so
                emit m_page.failed(failure);
        });
    }
}

void EvaluationStudy::connectDocument()
{
    connect(&m_document, &Document::modelChanged, this, &EvaluationStudy::update);
    connect(&m_document, &Document::classNamesChanged, this, &EvaluationStudy::update);
    connect(&m_document, &Document::requestChanged, this, &EvaluationStudy::update);
    const auto readThumbnails = [this] { m_page.thumbnails().setDecodeOptions(decodeOptions(m_settings)); };
    readThumbnails();
    connect(&m_settings, &Settings::changed, this, [readThumbnails](Setting setting) {
        if (concernsDecoding(setting))
            readThumbnails();
    });
    connect(&m_source, &EvaluationSource::changed, this, &EvaluationStudy::update);
    connect(&m_source, &EvaluationSource::failed, &m_page, &EvaluationPage::failed);
}

void EvaluationStudy::connectPage()
{
    connect(&m_page, &EvaluationPage::exportRequested, this,
            [this] { askForFolder(tr("Export the evaluation into"), [this](const fs::path& p) { exportInto(p); }); });
    connect(m_page.trust(), &TrustPane::keepRequested, this, &EvaluationStudy::keepTrustWithModel);
    connect(m_page.comparison(), &ModelComparisonPane::secondModelWanted, this, [this] {
        m_ask(&m_page,
              {FileQuestion::Kind::OpenFile,
               tr("Another model"),
               toQString(m_document.checkpoint().parent_path()),
               tr("Checkpoints (*.pth *.pt *.ckpt *.safetensors "
                  "*.bin);;All files (*)"),
               {}},
              [this](const QStringList& paths) {
                  if (!paths.isEmpty())
                      compareWith(toPath(paths.first()));
              });
    });
    connect(m_page.comparison(), &ModelComparisonPane::comparisonWanted, this, [this](const fs::path& picture) {
        if (m_comparison)
            emit m_page.modelsRequested(picture, m_comparison->against);
        tellOfCrop();
    });
    connect(m_page.confusions(), &ConfusionPane::comparisonWanted, this,
            [this](const fs::path& picture, int trueClass, int named) {
                emit m_page.comparisonRequested(picture, trueClass == named ? QList<int>{trueClass}
                                                                            : QList<int>{trueClass, named});
                tellOfCrop();
            });
    connect(&m_exporter, &Exporter::failed, &m_page, &EvaluationPage::failed);
    connect(&m_exporter, &Exporter::written, this,
            [this](const QString& path) { emit m_page.done(tr("Wrote %1").arg(path)); });
}

void EvaluationStudy::askForFolder(const QString& title, std::function<void(const fs::path&)> answer)
{
    m_ask(&m_page, {FileQuestion::Kind::OpenFolder, title, m_settings.text(Setting::LastFolder), {}, {}},
          [this, answer = std::move(answer)](const QStringList& paths) {
              if (paths.isEmpty())
                  return;
              m_settings.setValue(Setting::LastFolder, QFileInfo(paths.first()).absolutePath());
              answer(toPath(paths.first()));
          });
}

void EvaluationStudy::askForSource(Source source)
{
    if (source == Source::OpenDataset) {
        m_source.takeOpenDataset();
    } else if (source == Source::Folder) {
        askForFolder(tr("A folder with a folder for each species"),
                     [this](const fs::path& p) { m_source.takeFolder(p); });
    } else {
        m_ask(&m_page,
              {FileQuestion::Kind::OpenFile,
               tr("Data set"),
               m_settings.text(Setting::LastFolder),
               tr("Data sets (*.ocellus-dataset)"),
               {}},
              [this](const QStringList& paths) {
                  if (!paths.isEmpty())
                      m_source.takeDatasetFile(toPath(paths.first()));
              });
    }
}

void EvaluationStudy::askForUnusual(bool any)
{
    if (any)
        askForFolder(tr("Pictures of none of the classes"), [this](const fs::path& p) { setUnusual(p); });
    else
        setUnusual({});
}

void EvaluationStudy::setUnusual(const fs::path& folder)
{
    m_unusual = folder;
    m_page.form()->setUnusual(folder.empty() ? tr("none") : toQString(folder.filename()), toQString(folder));
}

QString EvaluationStudy::whyNotStartable() const
{
    if (!m_document.model())
        return tr("Open a model first: the one that is open is evaluated.");
    if (!m_document.model()->offer.hasLogits)
        return tr("This model has no classes, so it names nothing: train a head on "
                  "it first.");
    return m_source.whyNot();
}

/// Compare shows whole pictures.
void EvaluationStudy::tellOfCrop()
{
    if (m_findings && !m_findings->report.crop.empty())
        emit m_page.done(
            tr("The evaluation was of the data set's crops; Compare shows whole pictures. Crop the picture "
               "in Edit to see the maps of the animal alone."));
}

bool EvaluationStudy::isOfOpenModel() const
{
    const auto& model = m_document.model();
    const ModelDescription& evaluated = m_findings->report.model;
    return model && model->sha256 == evaluated.sha256 && model->given == evaluated.given;
}

bool EvaluationStudy::isOfOpenDataset() const
{
    return !m_foundInOpenDataset || m_source.isStillOpen(*m_findings->data.set);
}

QString EvaluationStudy::whyStale() const
{
    if (!m_findings)
        return {};
    const QString name = withItsFolder(m_findings->report.model.path);
    if (!m_document.model())
        return tr("These results are of %1, which is not open.").arg(name);
    if (!isOfOpenModel())
        return tr("These results are of %1, and another model is open now. "
                  "Evaluate again to see that one's.")
            .arg(name);
    if (!isOfOpenDataset())
        return tr("The data set has been changed since: these results are of what "
                  "it was. Evaluate again.");
    const ViewRequest now = wishFor(m_document.model()->path).request;
    if (now.decode != m_foundBy.decode || now.preprocessFor(*m_document.model()) != m_findings->report.preprocess)
        return tr("Pictures are read or resized otherwise now, by the settings: these results are of how it was.");
    return {};
}

void EvaluationStudy::update()
{
    EvaluationForm* form = m_page.form();
    form->setCanTakeOpen(!m_dataset.isEmpty());
    form->setWhyNot(isRunning() ? QString() : whyNotStartable());
    form->setRunning(isRunning());
    m_page.setStale(whyStale());
    const bool canShow = m_findings && isOfOpenModel();
    m_page.classes()->setIsOfOpenModel(canShow);
    m_page.confusions()->setWhyNoMaps(
        !m_findings || canShow
            ? QString()
            : tr("Open %1 again to see its maps.").arg(toQString(m_findings->report.model.path.filename())));
    m_page.trust()->setWhyNotKeep(!m_findings               ? tr("Nothing was evaluated yet.")
                                  : m_findings->isPartial() ? tr("It was stopped: evaluate all pictures first.")
                                  : canShow                 ? QString()
                                                            : tr("Another model is open."));
    m_page.trust()->setKept(m_document.model() ? trustOfModel(m_document.model()->training) : KeptTrust());
    m_page.comparison()->setWhyNot(!m_findings               ? tr("Evaluate the open model first.")
                                   : isRunning()             ? tr("An evaluation is going on.")
                                   : m_findings->isPartial() ? tr("It was stopped: evaluate all pictures first.")
                                                             : QString());
}

EvaluationRun::Wish EvaluationStudy::wishFor(const fs::path& checkpoint) const
{
    EvaluationRun::Wish wish;
    wish.request = openModelRequest(m_document);
    wish.request.checkpoint = checkpoint;
    wish.request.decode.showDamaged = false; // what is damaged is told, and not counted
    if (const ClassNames& names = m_document.classNames(); !names.path().empty() && names.areKnown())
        wish.given = names.table();
    return wish;
}

void EvaluationStudy::start()
{
    if (isRunning() || !whyNotStartable().isEmpty())
        return;
    m_wish = wishFor(m_document.model()->path);
    m_wish.data = m_source.wanted();
    m_wish.unusual = m_unusual;
    m_asksOpenDataset = m_source.isOpenDataset();
    m_page.setNote({});
    m_pace = {};
    m_run.start(m_wish);
    update();
}

void EvaluationStudy::compareWith(const fs::path& checkpoint)
{
    if (isRunning() || !m_findings)
        return;
    EvaluationRun::Wish wish;
    wish.request = m_foundBy; // whatever is set by now
    wish.request.checkpoint = checkpoint;
    wish.request.engine.stateDict.clear(); // these are said of the first
    wish.request.engine.model = {};
    wish.matchedLike = m_findings->report.matched;
    wish.data = m_findings->data;
    m_page.setNote({});
    m_pace = {};
    m_second.start(wish);
    update();
}

void EvaluationStudy::cancel()
{
    m_run.cancel();
    m_second.cancel();
    update();
}

void EvaluationStudy::showProgress(int done, int total)
{
    m_pace.note(done, total, true, m_clock.elapsed());
    const std::optional<double> left = m_pace.secondsLeft();
    m_page.form()->setProgress(done, total, left && done < total ? timeLeftText(*left) : QString());
}

void EvaluationStudy::end(const QString& note)
{
    m_page.setNote(note);
    update();
}

void EvaluationStudy::take(const std::shared_ptr<const EvaluationFindings>& findings)
{
    m_findings = findings;
    m_foundBy = m_wish.request;
    m_foundInOpenDataset = m_asksOpenDataset;
    m_comparison.reset();
    m_page.comparison()->setReport({}, {});
    m_page.showFindings(findings, namesOf(findings->report.table()));
    end({});
    if (isOfOpenModel())
        emit m_page.confusionsKnown(findings->report.evaluation.confusedPairs());
}

void EvaluationStudy::takeSecond(const std::shared_ptr<const EvaluationFindings>& findings)
{
    if (findings->isPartial()) {
        end(tr("Stopped: the second model was not asked about all pictures, so "
               "nothing is compared."));
        return;
    }
    const auto namedBy = [](const EvaluationFindings& of) {
        NamedPictures named{of.report.table(), {}, {}};
        for (const EvaluatedOne& one : of.pictures) {
            named.names.push_back(one.picture.file.relative.generic_string());
            named.asked.push_back(&one.asked);
        }
        return named;
    };
    m_comparison = comparisonOf(namedBy(*m_findings), namedBy(*findings));
    m_comparison->against = findings->report.model.path.string();
    m_comparison->againstHash = findings->report.model.sha256;
    std::map<std::string, fs::path> paths;
    for (const EvaluatedOne& one : m_findings->pictures)
        paths.emplace(one.picture.file.relative.generic_string(), one.picture.file.path);
    m_page.comparison()->setReport(m_comparison, paths);
    end({});
}

void EvaluationStudy::keepTrustWithModel()
{
    if (!m_findings || !isOfOpenModel() || m_findings->isPartial())
        return;
    const TrustPane& pane = *m_page.trust();
    const KeptTrust trust =
        keptTrust(m_findings->report.trust, m_findings->report.energies, pane.keepsTemperature(), pane.keptScore());
    const fs::path checkpoint = m_findings->report.model.path;
    try {
        keepTrust(checkpoint, trust);
    } catch (...) {
        emit m_page.failed(failureOf(Step::Export, std::current_exception()));
        return;
    }
    m_document.takeModel(withTrust(*m_document.model(), trust));
    // With the model they were forgotten.
    emit m_page.confusionsKnown(m_findings->report.evaluation.confusedPairs());
    emit m_page.done(tr("Kept beside %1: predictions follow it from now on").arg(toQString(checkpoint.filename())));
}

void EvaluationStudy::exportInto(const fs::path& folder)
{
    if (!m_findings)
        return;
    const fs::path target = newFolder(folder, m_findings->report.model.path);
    m_exporter.write(toQString(target), [target, findings = m_findings, comparison = m_comparison] {
        EvaluationReport report = findings->report;
        report.comparison = comparison;
        std::string lines = evaluatedPicturesHeader();
        for (const EvaluatedOne& one : findings->pictures)
            lines += evaluatedPictureLine(one.picture, one.outcome, report.table());
        std::error_code failure;
        fs::create_directories(target, failure);
        writeFileAtomically(target / "pictures.csv", lines);
        writeEvaluationFiles(target, report);
    });
}

} // namespace ocellus
