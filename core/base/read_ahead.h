// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <variant>

namespace ocellus {

/// Makes values ahead of the one that takes them, in their order, on one thread of its own. One thread takes them.
template <typename Value>
class ReadAhead {
public:
    using Make = std::function<Value(std::size_t index)>; ///< of 0, 1, ... count - 1

    /// At most `ahead` values (at least 1) wait in memory, and one more is in the making.
    ReadAhead(std::size_t count, std::size_t ahead, Make make)
        : m_count(count),
          m_ahead(ahead),
          m_make(std::move(make)),
          m_thread([this](const std::stop_token& stop) { run(stop); })
    {
    }

    /// Waits for the value in the making and starts no more.
    ~ReadAhead() = default;
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// Waits for the next value; to be called `count` times at most. Throws what its making threw; the call after that
    /// goes on with the value behind it.
    Value next()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_made.empty(); });
        Made made = std::move(m_made.front());
        m_made.pop_front();
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
        for (std::size_t index = 0; index < m_count; ++index) {
            {
                std::unique_lock lock(m_mutex);
                if (!m_changed.wait(lock, stop, [this] { return m_made.size() < m_ahead; }))
                    return;
            }
            Made made = attempt(index);
            const std::lock_guard lock(m_mutex);
            m_made.push_back(std::move(made));
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
    std::deque<Made> m_made;
    std::jthread m_thread; // last: it starts when all the rest is there, and ends before it goes
};

} // namespace ocellus
