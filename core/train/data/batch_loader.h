// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/image/model_input.h"

namespace ocellus {

/// A picture of a batch, ready for the model.
struct LoadedPicture {
    ModelInput input;
    int label = 0;
    std::size_t index = 0; ///< in the set of pictures
};

/// Decodes and augments batches ahead of the one that takes them, in order, on threads of its own.
///
/// At most `batchesAhead` batches wait in memory. One thread takes batches.
class BatchLoader {
public:
    /// Called from several threads at once; what it throws is the batch's error.
    using Load = std::function<LoadedPicture(std::size_t index)>;

    /// With 0 workers next() loads in the thread that calls it. Throws Error(BadArgument) for fewer workers than 0 or
    /// fewer batches ahead than 1.
    BatchLoader(std::vector<std::vector<std::size_t>> batches, Load load, int workers, int batchesAhead = 2);
    /// Waits for the pictures that are being loaded and starts no more.
    ~BatchLoader();
    BatchLoader(const BatchLoader&) = delete;
    BatchLoader& operator=(const BatchLoader&) = delete;

    /// Waits for the next batch and gives it in its own order, or nullopt after the last one. Throws what the first of
    /// its pictures that failed threw; the call after that goes on with the batch behind it.
    std::optional<std::vector<LoadedPicture>> next();

private:
    /// A batch on its way.
    struct Pending {
        std::vector<std::optional<LoadedPicture>> pictures;
        std::size_t left = 0;       ///< pictures that are neither loaded nor failed
        std::exception_ptr failure; ///< of the picture at failedPosition
        std::size_t failedPosition = 0;
    };
    /// One picture's place.
    struct Job {
        std::size_t batch = 0;
        std::size_t position = 0;
    };

    void work(const std::stop_token& stop);
    void begin();
    void finish(Job job, std::optional<LoadedPicture> picture, std::exception_ptr failure);
    Pending takeBatch();
    std::vector<LoadedPicture> loadHere(const std::vector<std::size_t>& batch) const;

    const std::vector<std::vector<std::size_t>> m_batches;
    const Load m_load;
    const std::size_t m_batchesAhead;

    std::mutex m_mutex;
    std::condition_variable_any m_jobsAdded;
    std::condition_variable m_batchReady;
    std::size_t m_next = 0;              ///< the batch that next() gives
    std::deque<Pending> m_pending;       ///< the batches from m_next on that were begun
    std::deque<Job> m_jobs;              ///< what no worker has taken of them
    std::vector<std::jthread> m_workers; // last: they start when all the rest is there
};

} // namespace ocellus
