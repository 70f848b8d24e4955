// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session_report.h"

#include <utility>

#include <QCoreApplication>

#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"
#include "ui/session/file_hashes.h"
#include "ui/session/report_facts.h"
#include "ui/session/report_item_section.h"

namespace ocellus {

namespace {

/// Explains, draws and hashes one picture; one that cannot be explained is told of in its place.
ReportSection explainedSection(const ReportItem& item, const ViewRequest& request, const ReportWords& words,
                               FileHashes& hashes, EngineWorker& worker, const Progress& progress)
{
    ReportSection section;
    try {
        section = sectionOf(item, worker.explain(request, progress), words);
        section.facts.emplace_back(SessionReport::tr("SHA-256"),
                                   QString::fromStdString(hashes.of(item.picture, progress).sha256));
    } catch (...) {
        const Failure failure = failureOf(worker.step(), std::current_exception());
        if (failure.isCancelled())
            throw;
        section = {};
        section.title = words.names.at(item.picture);
        section.verdict = SessionReport::tr("It could not be explained: %1").arg(failure.detail);
        section.facts = {{SessionReport::tr("File"), toQString(item.picture)}};
    }
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
    connect(&m_run, &BatchRun::finished, this, &SessionReport::finish);
    connect(&m_run, &BatchRun::cancelled, this, &SessionReport::cancelled);
}

void SessionReport::start(const Session& session, const std::filesystem::path& file)
{
    cancel();
    const ReportPlan plan = planReport(session);
    m_report = {};
    m_report.title = file.empty() ? tr("Report") : toQString(file.stem());
    m_report.facts = factsOf(m_document, m_answer, file);
    if (plan.leftOut > 0)
        m_report.facts.emplace_back(tr("Left out"), tr("%n more picture(s)", nullptr, static_cast<int>(plan.leftOut)));
    const auto words = std::make_shared<const ReportWords>(wordsOf(m_document, m_answer, plan));
    const auto hashes = std::make_shared<FileHashes>();
    ViewRequest now = m_document.request();
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
        units.push_back([this, item, request, words, hashes](EngineWorker& worker,
                                                             const Progress& progress) -> std::function<void()> {
            auto section = explainedSection(item, request, *words, *hashes, worker, progress);
            return [this, section = std::move(section)] { m_report.sections.push_back(section); };
        });
    }
    m_run.start(std::move(units));
}

void SessionReport::finish()
{
    if (ReportSection notes = notesOf(m_document); !notes.tables.empty())
        m_report.sections.push_back(std::move(notes));
    emit finished(std::exchange(m_report, {}));
}

} // namespace ocellus
