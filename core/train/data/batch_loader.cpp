// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/data/batch_loader.h"

#include <string>
#include <utility>

#include "core/base/error.h"

namespace ocellus {

BatchLoader::BatchLoader(std::vector<std::vector<std::size_t>> batches, Load load, int workers, int batchesAhead)
    : m_batches(std::move(batches)),
      m_load(std::move(load)),
      m_batchesAhead(static_cast<std::size_t>(batchesAhead))
{
    if (workers < 0)
        throw Error(ErrorCode::BadArgument, "workers", "expected at least 0, got " + std::to_string(workers));
    if (batchesAhead < 1)
        throw Error(ErrorCode::BadArgument, "batches ahead",
                    "expected at least 1, got " + std::to_string(batchesAhead));
    if (workers > 0)
        begin();
    for (int i = 0; i < workers; ++i)
        m_workers.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

BatchLoader::~BatchLoader()
{
    for (std::jthread& worker : m_workers)
        worker.request_stop(); // all of them first: each finishes its picture while the others do
}

std::optional<std::vector<LoadedPicture>> BatchLoader::next()
{
    if (m_next == m_batches.size())
        return std::nullopt;
    if (m_workers.empty())
        return loadHere(m_batches[m_next++]);

    Pending batch = takeBatch();
    if (batch.failure)
        std::rethrow_exception(batch.failure);
    std::vector<LoadedPicture> pictures;
    pictures.reserve(batch.pictures.size());
    for (std::optional<LoadedPicture>& picture : batch.pictures)
        pictures.push_back(std::move(*picture));
    return pictures;
}

std::vector<LoadedPicture> BatchLoader::loadHere(const std::vector<std::size_t>& batch) const
{
    std::vector<LoadedPicture> pictures;
    pictures.reserve(batch.size());
    for (const std::size_t index : batch)
        pictures.push_back(m_load(index));
    return pictures;
}

BatchLoader::Pending BatchLoader::takeBatch()
{
    std::unique_lock lock(m_mutex);
    m_batchReady.wait(lock, [this] { return m_pending.front().left == 0; });
    Pending batch = std::move(m_pending.front());
    m_pending.pop_front();
    ++m_next;
    begin();
    return batch;
}

/// Lets the workers have as many batches as may wait.
void BatchLoader::begin()
{
    while (m_pending.size() < m_batchesAhead && m_next + m_pending.size() < m_batches.size()) {
        const std::size_t batch = m_next + m_pending.size();
        const std::size_t count = m_batches[batch].size();
        Pending& pending = m_pending.emplace_back();
        pending.pictures.resize(count);
        pending.left = count;
        for (std::size_t position = 0; position < count; ++position)
            m_jobs.push_back({batch, position});
    }
    m_jobsAdded.notify_all();
}

void BatchLoader::work(const std::stop_token& stop)
{
    for (;;) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            m_jobsAdded.wait(lock, stop, [this] { return !m_jobs.empty(); });
            if (stop.stop_requested())
                return;
            job = m_jobs.front();
            m_jobs.pop_front();
        }
        std::optional<LoadedPicture> picture;
        std::exception_ptr failure;
        try {
            picture = m_load(m_batches[job.batch][job.position]);
        } catch (...) {
            failure = std::current_exception();
        }
        finish(job, std::move(picture), std::move(failure));
    }
}

void BatchLoader::finish(Job job, std::optional<LoadedPicture> picture, std::exception_ptr failure)
{
    const std::scoped_lock lock(m_mutex);
    Pending& batch = m_pending[job.batch - m_next];
    batch.pictures[job.position] = std::move(picture);
    if (failure && (!batch.failure || job.position < batch.failedPosition)) {
        batch.failure = std::move(failure);
        batch.failedPosition = job.position;
    }
    if (--batch.left == 0)
        m_batchReady.notify_one();
}

} // namespace ocellus
