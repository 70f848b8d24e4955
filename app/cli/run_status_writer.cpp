// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_status_writer.h"

#include <algorithm>
#include <array>
#include <utility>

#include <unistd.h>

#include "app/cli/console.h"
#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr std::chrono::seconds beat{2};

std::string hostName()
{
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : std::string();
}

} // namespace

RunStatusWriter::RunStatusWriter(std::filesystem::path run) : m_run(std::move(run))
{
    m_status.host = hostName();
    m_status.process = getpid();
    m_thread = std::jthread([this](const std::stop_token& stop) { this->run(stop); });
}

RunStatusWriter::~RunStatusWriter()
{
    m_thread.request_stop();
    m_thread.join();
    if (!m_status.isOver())
        m_status.phase = RunPhase::Failed;
    write(m_status);
}

void RunStatusWriter::setPhase(RunPhase phase, double fraction)
{
    const std::lock_guard lock(m_mutex);
    m_isNews = m_isNews || m_status.phase != phase;
    m_status.phase = phase;
    m_status.fraction = fraction;
    m_changed.notify_one();
}

void RunStatusWriter::setProgress(const TrainProgress& progress)
{
    const std::lock_guard lock(m_mutex);
    const RunPhase phase = progress.validating ? RunPhase::Validating : RunPhase::Training;
    m_isNews = m_isNews || m_status.phase != phase || m_status.epoch != progress.epoch;
    m_status.phase = phase;
    m_status.fraction = static_cast<double>(progress.step) / std::max(progress.steps, 1);
    m_status.epoch = progress.epoch;
    m_status.epochs = progress.epochs;
    m_status.loss = progress.loss;
    m_status.secondsLeft = progress.secondsLeft;
    m_changed.notify_one();
}

void RunStatusWriter::fail(const std::string& message)
{
    const std::lock_guard lock(m_mutex);
    m_status.phase = RunPhase::Failed;
    m_status.message = message;
    m_isNews = true;
    m_changed.notify_one();
}

void RunStatusWriter::run(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        const RunStatus now = m_status;
        m_isNews = false;
        lock.unlock();
        write(now);
        lock.lock();
        m_changed.wait_for(lock, stop, beat, [this] { return m_isNews; });
    }
}

/// A sign that cannot be left is not worth the run.
void RunStatusWriter::write(const RunStatus& status) const
{
    RunStatus dated = status;
    dated.seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    try {
        writeRunStatus(m_run, dated);
    } catch (const Error& error) {
        printError(error.what());
    }
}

} // namespace ocellus
