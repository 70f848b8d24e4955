// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include <QObject>

#include "core/base/latest_wins_queue.h"
#include "ui/engine/failure.h"

namespace ocellus {

/// Reads one file after the other on a thread of its own; the newest one's outcome alone is told, on the owner's
/// thread.
class NewestReading {
public:
    /// `owner` outlives the readings' outcomes: hold this as its last member.
    explicit NewestReading(QObject* owner) : m_owner(owner) {}

    /// `reading` runs on the other thread and may throw; then `failed` is called instead of `done`.
    template <typename Value>
    void read(Step step, std::function<Value()> reading, std::function<void(Value)> done,
              std::function<void(const Failure&)> failed)
    {
        m_isReading = true;
        const int request = ++m_newest;
        const auto tell = [this, request](auto outcome) {
            QMetaObject::invokeMethod(
                m_owner,
                [this, request, outcome = std::move(outcome)] {
                    if (request != m_newest)
                        return;
                    m_isReading = false;
                    outcome();
                },
                Qt::QueuedConnection);
        };
        m_queue.request([step, tell, reading = std::move(reading), done = std::move(done),
                         failed = std::move(failed)](const std::stop_token&) {
            try {
                const auto value = std::make_shared<Value>(reading());
                tell([done, value] { done(std::move(*value)); });
            } catch (...) {
                tell([failed, failure = failureOf(step, std::current_exception())] { failed(failure); });
            }
            return true;
        });
    }

    /// What is being read is not wanted any more.
    void drop()
    {
        ++m_newest;
        m_isReading = false;
    }

    bool isReading() const { return m_isReading; }

private:
    QObject* m_owner;
    int m_newest = 0;
    bool m_isReading = false;
    LatestWinsQueue m_queue; // last: it goes first, and waits for the file that is being read
};

} // namespace ocellus
