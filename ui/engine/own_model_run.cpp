// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/own_model_run.h"

#include <iterator>
#include <utility>

#include <QSignalBlocker>

#include "core/engine/engine.h"
#include "core/evaluation/picture_asking.h"

namespace ocellus {

struct OwnModelRun::OwnModel {
    EngineOptions options;
    std::filesystem::path checkpoint;
    std::unique_ptr<Engine> engine;

    Engine& open(const Progress& progress)
    {
        if (!engine) {
            auto opened = std::make_unique<Engine>(options);
            opened->open(checkpoint, progress);
            engine = std::move(opened);
        }
        return *engine;
    }
};

OwnModelRun::OwnModelRun(EngineController& controller, QObject* parent) : QObject(parent), m_batch(controller)
{
    connect(&m_batch, &BatchRun::failed, this, [this](const Failure& failure) {
        if (!m_model || failure.isCancelled())
            return;
        end();
        emit failed(failure);
    });
    // Another model was opened in the window, and with it all that waited was dropped: this one's units are not of it.
    connect(
        &m_batch, &BatchRun::cancelled, this,
        [this] {
            if (m_model && !m_batch.isRunning())
                ask();
        },
        Qt::QueuedConnection);
}

void OwnModelRun::start(const EngineOptions& options, const std::filesystem::path& checkpoint, Unit first)
{
    cancel();
    m_model = std::make_shared<OwnModel>(OwnModel{askingOptions(options), checkpoint, nullptr});
    m_done = 0;
    m_waiting = {std::move(first)};
    ask();
}

void OwnModelRun::add(std::vector<Unit> units)
{
    if (m_model)
        std::ranges::move(units, std::back_inserter(m_waiting));
}

void OwnModelRun::ask()
{
    std::vector<EngineUnit> units;
    for (const Unit& unit : m_waiting)
        units.push_back(
            [this, unit, model = m_model](EngineWorker&, const Progress& progress) -> std::function<void()> {
                // Of a run that is over nothing is delivered, see BatchRun.
                return [this, deliver = unit(model->open(progress), progress)] {
                    deliver();
                    takeDone();
                };
            });
    m_batch.start(std::move(units));
}

/// What was delivered may have added units or ended the run.
void OwnModelRun::takeDone()
{
    if (!m_model)
        return;
    m_waiting.pop_front();
    ++m_done;
    emit progressed(m_done, total());
    if (!m_model)
        return;
    if (m_waiting.empty()) {
        end();
        emit finished();
    } else if (m_batch.done() + 1 >= m_batch.total()) {
        const QSignalBlocker quiet(&m_batch); // what was added follows in a batch of its own
        ask();
    }
}

void OwnModelRun::cancel()
{
    if (!m_model)
        return;
    end();
    emit cancelled();
}

void OwnModelRun::end()
{
    m_model.reset();
    m_waiting.clear();
    const QSignalBlocker quiet(&m_batch);
    m_batch.cancel();
}

} // namespace ocellus
