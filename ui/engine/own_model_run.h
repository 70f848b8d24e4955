// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include <QObject>

#include "ui/engine/batch_run.h"
#include "ui/engine/view_request.h"

namespace ocellus {

class Engine;

/// Asks a model of its own about many pictures, between the user's requests: its numbers are those of the command line,
/// whatever the window's engine keeps of edits, and it goes on where another model is opened there meanwhile.
class OwnModelRun : public QObject {
    Q_OBJECT

public:
    /// Computes with the open model, on one of several threads that do so at once, and returns what to do with the
    /// result on this object's; these are called in the units' order. Throws for what ends the whole run.
    using Unit = std::function<std::function<void()>(Engine&, const Progress&)>;

    /// `controller` must outlive the run.
    explicit OwnModelRun(EngineController& controller, QObject* parent = nullptr);

    /// Opens the request's checkpoint with the options of askingOptions() and does `first`, whose result may add()
    /// units: each for one picture that is resized as the request says. A run before it is cancelled.
    void start(const ViewRequest& request, Unit first);
    /// Behind those that wait.
    void add(std::vector<Unit> units);
    /// What waits is dropped, what runs is stopped, and the model's memory is given back.
    void cancel();

    bool isRunning() const { return m_model != nullptr; }
    int done() const { return m_done; }
    int total() const { return m_done + static_cast<int>(m_waiting.size()); }

signals:
    void progressed(int done, int total);
    void finished();
    void failed(const ocellus::Failure& failure); ///< and the run is over
    void cancelled();

private:
    struct OwnModel;

    void ask();
    void deliver(const std::vector<std::function<void()>>& outcomes, const std::shared_ptr<OwnModel>& of);
    void takeDone();
    void end();

    BatchRun m_batch;
    std::shared_ptr<OwnModel> m_model; ///< while it runs; its engine is the worker thread's alone
    std::deque<Unit> m_waiting;        ///< the first of them may be on their way
    std::size_t m_width = 1;           ///< units that are done at once
    int m_done = 0;
};

} // namespace ocellus
