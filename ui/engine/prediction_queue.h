// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <QObject>

#include "ui/engine/engine_controller.h"

namespace ocellus {

class PredictionStore;

/// Asks for the predictions of pictures, one after the other, while nobody else wants the engine; can be paused. Those
/// that were kept at an earlier start are not asked for again.
///
/// One at a time is with the controller: what is taken back or paused is gone at once.
class PredictionQueue : public QObject {
    Q_OBJECT

public:
    /// `controller` must outlive the queue. `kept` is the folder of PredictionStore.
    PredictionQueue(EngineController& controller, std::filesystem::path kept, QObject* parent = nullptr);
    ~PredictionQueue() override;

    /// Queues the prediction of `like.picture`; once more for one that is queued is an error of the caller.
    void add(const ViewRequest& like);
    /// The same of very many pictures, whatever the request's own is.
    void add(const ViewRequest& like, const std::vector<std::filesystem::path>& pictures);
    /// These first, as far as they wait: somebody looks at them. The one that is asked for now goes on.
    void prefer(const std::vector<std::filesystem::path>& pictures);
    /// The picture has gone: its prediction never comes.
    void remove(const std::filesystem::path& picture);
    void clear();

    /// What runs is stopped and begins again when the queue goes on. Stays as it is when the queue is cleared.
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }

    /// Of those queued since the queue was empty.
    int done() const { return m_done; }
    int total() const { return m_done + static_cast<int>(m_waiting.size()); }
    bool isEmpty() const { return m_waiting.empty(); }

signals:
    void predicted(const ocellus::ViewRequest& request, const ocellus::Prediction& prediction);
    void failed(const ocellus::ViewRequest& request, const ocellus::Failure& failure);
    /// done(), total() or isPaused().
    void changed();

private:
    void runFront();
    void stopFront();
    void finishFront();

    EngineController& m_controller;
    std::shared_ptr<PredictionStore> m_store; // used on the engine's thread alone, also when the queue has gone
    struct Wanted {
        std::string picture;                     // its path: a path that is taken apart needs ten times as much memory
        std::shared_ptr<const ViewRequest> like; // of many
    };

    std::deque<Wanted> m_waiting; // the front is with the controller, unless paused
    std::uint64_t m_run = 0;      // of the front; results of older runs are dropped
    bool m_paused = false;
    int m_done = 0;
};

} // namespace ocellus
