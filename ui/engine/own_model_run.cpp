// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/own_model_run.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include <QSignalBlocker>

#include "core/base/read_ahead.h"
#include "core/engine/engine.h"
#include "core/evaluation/picture_asking.h"
#include "core/evaluation/pictures_at_a_time.h"

namespace ocellus {

struct OwnModelRun::OwnModel {
    ViewRequest request;
    std::unique_ptr<Engine> engine;

    Engine& open(const Progress& progress)
    {
        if (!engine) {
            auto opened = std::make_unique<Engine>(askingOptions(request.engine));
            opened->open(request.checkpoint, progress);
            engine = std::move(opened);
        }
        return *engine;
    }

    /// How many pictures there is room for now.
    std::size_t width() const
    {
        return picturesAtATime(request.engine, *engine, request.preprocessFor(*engine->model()));
    }
};

namespace {

/// What each of them returns, in their order.
std::vector<std::function<void()>> doneAtOnce(const std::vector<OwnModelRun::Unit>& units, Engine& engine,
                                              const Progress& progress)
{
    const std::size_t count = units.size();
    ReadAhead<std::function<void()>> done(
        count, count, [&](std::size_t index) { return units[index](engine, progress); }, count);
    std::vector<std::function<void()>> outcomes;
    while (outcomes.size() < count)
        outcomes.push_back(done.next());
    return outcomes;
}

} // namespace

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

void OwnModelRun::start(const ViewRequest& request, Unit first)
{
    cancel();
    m_model = std::make_shared<OwnModel>(OwnModel{request, nullptr});
    m_done = 0;
    m_width = 1;
    m_waiting = {std::move(first)};
    ask();
}

void OwnModelRun::add(std::vector<Unit> units)
{
    if (m_model)
        std::ranges::move(units, std::back_inserter(m_waiting));
}

/// A few at a time: what else is asked in the background comes between them.
void OwnModelRun::ask()
{
    const auto count = static_cast<std::ptrdiff_t>(std::min(m_width, m_waiting.size()));
    std::vector<Unit> units(m_waiting.begin(), m_waiting.begin() + count);
    m_batch.start({[this, units = std::move(units),
                    model = m_model](EngineWorker&, const Progress& progress) -> std::function<void()> {
        std::vector<std::function<void()>> outcomes = doneAtOnce(units, model->open(progress), progress);
        // Of a run that is over nothing is delivered, see BatchRun.
        return [this, model, width = model->width(), outcomes = std::move(outcomes)] {
            m_width = width;
            deliver(outcomes, model);
        };
    }});
}

void OwnModelRun::deliver(const std::vector<std::function<void()>>& outcomes, const std::shared_ptr<OwnModel>& of)
{
    for (const std::function<void()>& outcome : outcomes) {
        outcome();
        if (m_model == of)
            takeDone();
        if (m_model != of)
            return;
    }
    const QSignalBlocker quiet(&m_batch); // those that wait follow in a batch of its own
    ask();
}

/// What was delivered may have added units or ended the run.
void OwnModelRun::takeDone()
{
    m_waiting.pop_front();
    ++m_done;
    emit progressed(m_done, total());
    if (!m_model || !m_waiting.empty())
        return;
    end();
    emit finished();
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
