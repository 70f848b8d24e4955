// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/evidence_run.h"

#include <algorithm>
#include <utility>

namespace ocellus {

namespace {

constexpr int ticks = 100; // milliseconds between two looks at how far it is

} // namespace

EvidenceRun::EvidenceRun(EngineController& controller, QObject* parent) : QObject(parent), m_batch(controller)
{
    m_tick.setInterval(ticks);
    m_clock.start();
    connect(&m_tick, &QTimer::timeout, this, &EvidenceRun::noteProgress);
    connect(&m_batch, &BatchRun::finished, this, &EvidenceRun::end);
    connect(&m_batch, &BatchRun::failed, this, [this](const Failure& failure) {
        // Its picture's file is another one now, which says nothing of the others.
        if (failure.isCancelled()) {
            end();
            return;
        }
        cancel();
        emit failed(failure);
    });
    // Another model has come in the place of the one that was asked.
    connect(&controller, &EngineController::backgroundCleared, this, &EvidenceRun::cancel);
}

EvidenceRun::~EvidenceRun() = default;

void EvidenceRun::start(const EvidenceRequest& request)
{
    std::erase_if(m_jobs, [&](const Job& job) { return job.job->request().subject == request.subject; });
    m_jobs.push_back({std::make_shared<EvidenceJob>(request), 0});
    runNewest();
}

void EvidenceRun::cancel()
{
    if (m_jobs.empty())
        return;
    m_jobs.clear();
    runNewest();
}

void EvidenceRun::cancelOf(const std::filesystem::path& picture)
{
    cancelIf([&](const EvidenceRequest& request) { return request.view.picture == picture; });
}

void EvidenceRun::cancelOutdated(const std::filesystem::path& picture, const EditList& edits)
{
    std::optional<ContentKey> key; // masks are hashed for it
    cancelIf([&](const EvidenceRequest& request) {
        if (request.view.picture != picture)
            return false;
        if (!key)
            key = contentKey(edits);
        return request.subject.key.edits != *key;
    });
}

void EvidenceRun::cancelIf(const std::function<bool(const EvidenceRequest&)>& isUnwanted)
{
    if (m_jobs.empty())
        return;
    const std::shared_ptr<EvidenceJob> running = m_jobs.back().job;
    std::erase_if(m_jobs, [&](const Job& job) { return isUnwanted(job.job->request()); });
    if (m_jobs.empty() || m_jobs.back().job != running)
        runNewest();
}

const EvidenceRequest* EvidenceRun::current() const
{
    return m_jobs.empty() ? nullptr : &m_jobs.back().job->request();
}

double EvidenceRun::fraction() const
{
    if (m_jobs.empty() || m_jobs.back().job->steps() == 0)
        return 0;
    return static_cast<double>(m_jobs.back().job->done()) / m_jobs.back().job->steps();
}

void EvidenceRun::runNewest()
{
    m_pace = {};
    m_batch.cancel();
    if (m_jobs.empty()) {
        m_tick.stop();
        emit runningChanged();
        return;
    }
    m_tick.start();
    emit runningChanged();
    const Job& newest = m_jobs.back();
    std::vector<EngineUnit> units;
    for (std::size_t task = newest.next; task < newest.job->tasks().size(); ++task)
        units.push_back(unitOf(newest.job, task));
    m_batch.start(std::move(units));
}

EngineUnit EvidenceRun::unitOf(const std::shared_ptr<EvidenceJob>& job, std::size_t task)
{
    return [this, job, task](EngineWorker& worker, const Progress& progress) -> std::function<void()> {
        const std::optional<Finding> finding = job->run(task, worker, progress);
        return [this, job, task, finding] {
            m_jobs.back().next = task + 1;
            if (finding)
                emit found(job->request(), job->tasks()[task].map, *finding);
        };
    };
}

void EvidenceRun::end()
{
    if (m_jobs.empty())
        return;
    m_jobs.pop_back();
    runNewest();
}

void EvidenceRun::noteProgress()
{
    const EvidenceJob& job = *m_jobs.back().job;
    m_pace.note(job.done(), job.steps(), true, m_clock.elapsed());
    emit progressed();
}

} // namespace ocellus
