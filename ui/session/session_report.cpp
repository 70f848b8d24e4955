// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session_report.h"

#include <utility>

#include <QCoreApplication>

#include "ui/document/open_model_request.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"
#include "ui/engine/picture_source.h"
#include "ui/session/file_hashes.h"
#include "ui/session/report_facts.h"
#include "ui/session/report_item_section.h"

namespace ocellus {

namespace {

/// What was taken from attention by hand was chosen on maps of `shown`; of other pixels, which the file holds by now,
/// it means nothing.
ViewResult explained(ViewRequest request, const ContentKey& shown, EngineWorker& worker, const Progress& progress)
{
    ViewResult view = worker.explain(request, progress);
    if (request.intervention.empty() || view.key.picture == shown)
        return view;
    request.intervention = {};
    return worker.explain(request, progress);
}

/// The hash is that of the bytes that were explained, or is left out.
void addHash(ReportSection& section, const ReportItem& item, const ViewResult& view, FileHashes& hashes,
             const Progress& progress)
{
    const std::string hash = hashes.of(item.picture, progress).sha256;
    const bool isOfThem = timeOf(item.picture) == view.shown.fileTime;
    section.facts.emplace_back(SessionReport::tr("SHA-256"),
                               isOfThem
                                   ? QString::fromStdString(hash)
                                   : SessionReport::tr("not known: the file was written while the report was made"));
}

ReportSection unexplainedSection(const ReportItem& item, const ReportWords& words, const Failure& failure)
{
    ReportSection section;
    section.title = words.names.at(item.picture);
    section.verdict = SessionReport::tr("It could not be explained: %1").arg(failure.detail);
    section.facts = {{SessionReport::tr("File"), toQString(item.picture)}};
    return section;
}

/// Explains, draws and hashes one picture; one that cannot be explained is told of in its place.
ReportSection explainedSection(const ReportItem& item, const ViewRequest& request, const ContentKey& shown,
                               const ReportWords& words, FileHashes& hashes, EngineWorker& worker,
                               const Progress& progress)
{
    ReportSection section;
    try {
        const ViewResult view = explained(request, shown, worker, progress);
        section = sectionOf(item, view, words);
        addHash(section, item, view, hashes, progress);
    } catch (...) {
        const Failure failure = failureOf(worker.step(), std::current_exception());
        if (failure.isCancelled() && progress.stopToken().stop_requested())
            throw;
        section = unexplainedSection(item, words, failure);
    }
    return section;
}

/// With its state in words.
ReportSection keptSection(const KeptResult& kept)
{
    ReportSection section;
    try {
        section = kept.section();
    } catch (const std::exception& error) {
        section.verdict = SessionReport::tr("It could not be drawn: %1").arg(QString::fromUtf8(error.what()));
    }
    if (section.title.isEmpty())
        section.title = QStringLiteral("%1: %2").arg(kept.what, kept.of);
    section.facts.insert(section.facts.begin(), {SessionReport::tr("State"), kept.state});
    return section;
}

} // namespace

SessionReport::SessionReport(const Document& document, const LiveAnswer& answer, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_answer(answer),
      m_run(answer.controller())
{
    connect(&m_run, &BatchRun::started, this, &SessionReport::started);
    connect(&m_run, &BatchRun::progressed, this, &SessionReport::progressed);
    connect(&m_run, &BatchRun::failed, this, &SessionReport::addFailure);
    connect(&m_run, &BatchRun::finished, this, &SessionReport::finish);
    connect(&m_run, &BatchRun::cancelled, this, &SessionReport::cancelled);
}

void SessionReport::start(const ReportPlan& plan, const std::filesystem::path& file)
{
    cancel();
    m_report = {};
    m_report.title = file.empty() ? tr("Report") : toQString(file.stem());
    m_report.facts = factsOf(m_document, m_answer, file);
    if (plan.leftOut > 0)
        m_report.facts.emplace_back(tr("Left out"), tr("%n more picture(s)", nullptr, static_cast<int>(plan.leftOut)));
    const auto words = std::make_shared<const ReportWords>(wordsOf(m_document, m_answer, plan));
    const auto hashes = std::make_shared<FileHashes>();
    ViewRequest now = openModelRequest(m_document);
    now.intervention = {};
    std::vector<EngineUnit> units;
    for (const ReportItem& item : plan.items) {
        ViewRequest request = now;
        request.picture = item.picture;
        request.edits = item.edits;
        request.set = item.set;
        // By hand something is changed in the picture that is shown, under the limit that is shown.
        if (item.picture == now.picture && item.set == now.set)
            request.intervention = m_document.intervention();
        units.push_back([this, item, request, shown = m_answer.result().key.picture, words,
                         hashes](EngineWorker& worker, const Progress& progress) -> std::function<void()> {
            auto section = explainedSection(item, request, shown, *words, *hashes, worker, progress);
            return [this, section = std::move(section)] { m_report.sections.push_back(section); };
        });
    }
    for (const KeptResult& kept : plan.kept)
        units.push_back([this, kept](EngineWorker&, const Progress&) -> std::function<void()> {
            ReportSection section = keptSection(kept);
            return [this, section = std::move(section)] { m_report.sections.push_back(section); };
        });
    m_run.start(std::move(units));
}

/// Of a part that does not tell of it itself: a report with a hole in it would pass for a whole one.
void SessionReport::addFailure(const Failure& failure)
{
    ReportSection section;
    section.title = tr("Part %1").arg(m_run.done() + 1);
    section.verdict = tr("It could not be made: %1").arg(failure.detail);
    m_report.sections.push_back(std::move(section));
}

void SessionReport::finish()
{
    if (ReportSection notes = notesOf(m_document); !notes.tables.empty())
        m_report.sections.push_back(std::move(notes));
    emit finished(std::exchange(m_report, {}));
}

} // namespace ocellus
