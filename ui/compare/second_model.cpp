// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/second_model.h"

#include <utility>

#include "core/evaluation/class_of_model.h"
#include "ui/engine/engine_worker.h"

namespace ocellus {

SecondModel::SecondModel(EngineController& controller, QObject* parent)
    : QObject(parent),
      m_run(controller),
      m_closing(controller)
{
    connect(&m_run, &BatchRun::failed, this, [this](const Failure& failure) {
        if (!failure.isCancelled())
            emit failed(failure);
    });
    for (const auto ended : {&BatchRun::finished, &BatchRun::cancelled})
        connect(&m_run, ended, this, [this] {
            if (!m_model)
                letGo(); // it may have been read all the same, or the one before is there still
            emit changed();
        });
    // All that waited was dropped, which does not free it.
    connect(&m_closing, &BatchRun::cancelled, this, &SecondModel::letGo, Qt::QueuedConnection);
}

void SecondModel::open(const std::filesystem::path& checkpoint, const ViewRequest& request)
{
    m_model.reset();
    const std::filesystem::path before = std::exchange(m_path, checkpoint);
    m_run.start(
        {[this, before, checkpoint, request](EngineWorker& worker, const Progress& progress) -> std::function<void()> {
            worker.engineFor(request);
            if (before != checkpoint)
                worker.closeOther(before); // its memory is needed for the new one
            try {
                const ModelDescription model = *worker.otherEngine(checkpoint, progress).model();
                return [this, model] { m_model = model; };
            } catch (...) {
                const Failure failure = failureOf(Step::Model, std::current_exception());
                if (failure.isCancelled())
                    throw;
                return [this, failure] { emit failed(failure); };
            }
        }});
    emit changed();
}

void SecondModel::close()
{
    m_model.reset();
    m_run.cancel();
    letGo();
    emit changed();
}

void SecondModel::letGo()
{
    if (!m_model && !m_run.isRunning() && !m_closing.isRunning())
        m_closing.start({[path = m_path](EngineWorker& worker, const Progress&) -> std::function<void()> {
            worker.closeOther(path);
            return [] {};
        }});
}

bool SecondModel::isByIndex() const
{
    return m_model && m_model->classNames.empty();
}

std::optional<int> SecondModel::classOf(int classIndex, const ClassTable& names) const
{
    return m_model ? classOfModel(*m_model, classIndex, names) : std::nullopt;
}

} // namespace ocellus
