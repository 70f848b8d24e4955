// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/second_model.h"

#include "core/data/class_matching.h"
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
    m_run.start({[this, checkpoint, request](EngineWorker& worker, const Progress& progress) -> std::function<void()> {
        worker.engineFor(request);
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
        m_closing.start({[](EngineWorker& worker, const Progress&) -> std::function<void()> {
            worker.closeOther();
            return [] {};
        }});
}

bool SecondModel::isByIndex() const
{
    return m_model && m_model->classNames.empty();
}

std::optional<int> SecondModel::classOf(int classIndex, const ClassTable& names) const
{
    if (!m_model || classIndex < 0)
        return std::nullopt;
    const int classes = m_model->offer.classes;
    if (isByIndex())
        return classes == names.count() && classIndex < classes ? std::optional(classIndex) : std::nullopt;
    if (classIndex >= names.count())
        return std::nullopt;
    const ClassTable own = classesOfCheckpoint(m_model->classNames, classes);
    const ClassFinder finder(own);
    const ClassTable::Entry& entry = names.entries[static_cast<std::size_t>(classIndex)];
    for (const std::string& name : {entry.name, entry.latin, entry.folder})
        if (!name.empty())
            if (const std::optional<int> found = finder.find(name))
                return found;
    return std::nullopt;
}

} // namespace ocellus
