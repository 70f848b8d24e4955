// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace ocellus {

/// Makes values ahead of the one that takes them, on threads of its own. One thread takes them, in their order.
template <typename Value>
class ReadAhead {
public:
    using Make = std::function<Value(std::size_t index)>; ///< of 0, 1, ... count - 1; from any of the threads

    /// At most `ahead` values (at least 1) wait in memory, and one more a thread (at least 1) is in the making.
    ReadAhead(std::size_t count, std::size_t ahead, Make make, std::size_t threads = 1)
        : m_count(count),
          m_ahead(ahead + threads - 1),
          m_make(std::move(make))
    {
        for (std::size_t i = 0; i < std::min(threads, count); ++i)
            m_threads.emplace_back([this](const std::stop_token& stop) { run(stop); });
    }

    /// Waits for the values in the making and starts no more.
    ~ReadAhead()
    {
        for (std::jthread& thread : m_threads)
            thread.request_stop();
    }
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// Waits for the next value; to be called `count` times at most. Throws what its making threw; the call after that
    /// goes on with the value behind it.
    Value next()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_made.contains(m_taken); });
        Made made = std::move(m_made.extract(m_taken).mapped());
        ++m_taken;
        m_changed.notify_all();
        lock.unlock();
        if (const auto* failure = std::get_if<std::exception_ptr>(&made))
            std::rethrow_exception(*failure);
        return std::get<Value>(std::move(made));
    }

private:
    using Made = std::variant<std::exception_ptr, Value>;

    void run(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        const auto isDue = [this] { return m_begun == m_count || m_begun <= m_taken + m_ahead; };
        while (m_changed.wait(lock, stop, isDue) && !stop.stop_requested() && m_begun < m_count) {
            const std::size_t index = m_begun++;
            lock.unlock();
            Made made = attempt(index);
            lock.lock();
            m_made.emplace(index, std::move(made));
            m_changed.notify_all();
        }
    }

    Made attempt(std::size_t index) const
    {
        try {
            return m_make(index);
        } catch (...) {
            return std::current_exception();
        }
    }

    const std::size_t m_count;
    const std::size_t m_ahead;
    const Make m_make;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::map<std::size_t, Made> m_made; ///< that nobody has taken yet
    std::size_t m_begun = 0;
    std::size_t m_taken = 0;
    std::vector<std::jthread> m_threads; // last: they end before what they use
};

} // namespace ocellus
