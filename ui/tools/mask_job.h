// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

#include <QObject>

#include "core/base/latest_wins_queue.h"
#include "core/base/progress.h"
#include "core/edit/mask.h"
#include "ui/engine/failure.h"

namespace ocellus {

/// Computes a mask on a thread of its own; the newest wish wins.
class MaskJob : public QObject {
    Q_OBJECT

public:
    using Work = std::function<Mask(const Progress&)>;
    using Take = std::function<void(const Mask&)>;

    explicit MaskJob(QObject* parent = nullptr);

    /// `work` owns what it needs and throws Error where it fails. `take` is called on this object's thread, unless
    /// another start() or cancel() came first.
    void start(Work work, Take take);
    void cancel();
    bool isRunning() const { return m_running; }

signals:
    void runningChanged(bool running);
    void failed(const ocellus::Failure& failure);

private:
    void setRunning(bool running);

    std::uint64_t m_number = 0; // of the newest wish; what belongs to another one is dropped
    bool m_running = false;
    LatestWinsQueue m_queue; // last: it goes first, and waits for the work that runs
};

} // namespace ocellus
