// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/heartbeat.h"

#include "core/train/torch_distributed_headers.h"

namespace ocellus {
namespace {

using namespace std::chrono_literals;

constexpr auto interval = 5s;
/// Together with an interval below the minute within which a dead rank ends the others, with some room for a busy one.
constexpr auto longestSilence = 40s;
constexpr const char* failureKey = "failure";

std::string keyOf(int rank)
{
    return "alive/" + std::to_string(rank);
}

} // namespace

Heartbeat::Heartbeat(c10::intrusive_ptr<c10d::Store> store, const RankEnvironment& environment)
    : m_store(std::move(store)),
      m_environment(environment)
{
    const auto now = std::chrono::steady_clock::now();
    if (environment.isLeader())
        for (int rank = 1; rank < environment.ranks; ++rank)
            m_signs.push_back({rank, 0, now});
    else
        m_signs.push_back({0, 0, now});
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

std::string Heartbeat::failure() const
{
    const std::scoped_lock lock(m_mutex);
    return m_failure;
}

std::string Heartbeat::failureNow()
{
    try {
        look();
    } catch (const std::exception&) { // the store is gone with rank 0: what is known stays
    }
    return failure();
}

void Heartbeat::announce(const std::string& sentence)
{
    try {
        if (!m_store->check({failureKey}))
            m_store->set(failureKey, std::vector<std::uint8_t>(sentence.begin(), sentence.end()));
    } catch (const std::exception&) { // nobody is left to hear it
    }
}

void Heartbeat::run(const std::stop_token& stop)
{
    while (!stop.stop_requested() && failure().empty()) {
        try {
            beat();
            look();
        } catch (const std::exception& error) {
            found("rank 0 is gone: " + sentenceOf(error));
        }
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, interval, [] { return false; });
    }
}

void Heartbeat::beat()
{
    m_store->add(keyOf(m_environment.rank), 1);
    const auto now = std::chrono::steady_clock::now();
    for (Sign& sign : m_signs) {
        const std::int64_t count = m_store->add(keyOf(sign.rank), 0);
        if (count != sign.count) {
            sign.count = count;
            sign.seen = now;
        } else if (now - sign.seen > longestSilence) {
            const std::string sentence = "rank " + std::to_string(sign.rank) + " has given no sign of life for " +
                                         std::to_string(longestSilence.count()) + " s";
            announce(sentence);
            found(sentence);
        }
    }
}

void Heartbeat::look()
{
    if (!m_store->check({failureKey}))
        return;
    const std::vector<std::uint8_t> sentence = m_store->get(failureKey);
    found(std::string(sentence.begin(), sentence.end()));
}

void Heartbeat::found(const std::string& sentence)
{
    const std::scoped_lock lock(m_mutex);
    if (m_failure.empty())
        m_failure = sentence;
}

} // namespace ocellus
