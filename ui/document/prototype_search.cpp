// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/prototype_search.h"

#include <utility>
#include <vector>

namespace ocellus {

PrototypeSearch::PrototypeSearch(EngineController& controller, QObject* parent) : QObject(parent), m_run(controller)
{
    connect(&m_run, &OwnModelRun::failed, this, [this](const Failure& failure) {
        keep();
        emit failed(failure);
    });
    connect(&m_run, &OwnModelRun::finished, this, &PrototypeSearch::finished);
}

PrototypeSearch::~PrototypeSearch()
{
    m_run.cancel();
    if (!m_search)
        return;
    m_search->keep(); // at once: nothing comes after this
}

void PrototypeSearch::start(const Wish& wish)
{
    keep();
    m_done = 0;
    m_run.start(wish.request, [this, wish](Engine& engine, const Progress& progress) -> std::function<void()> {
        requirePrototypes(*engine.model(), engine.model()->path.string());
        std::filesystem::path folder = wish.folder;
        LabelledData data = trainingPictures(folder, wish.given, *engine.model(), {}, progress.stopToken());
        auto search = std::make_shared<PatchSearch>(*engine.model(), std::move(folder), std::move(data),
                                                    PatchSearch::Settings{wish.cache, false});
        return [this, search] { addPictures(search); };
    });
    emit progressed(0, 0);
}

void PrototypeSearch::addPictures(const std::shared_ptr<PatchSearch>& search)
{
    m_search = search;
    const std::size_t count = search->pictures();
    std::vector<OwnModelRun::Unit> units;
    for (std::size_t index = 0; index < count; ++index)
        units.push_back(
            [this, search, index, count](Engine& engine, const Progress& progress) -> std::function<void()> {
                search->search(engine, index, progress);
                return [this, search, count] {
                    emit progressed(static_cast<int>(++m_done), static_cast<int>(count));
                    if (m_done == count && m_search == search)
                        addResult(search);
                };
            });
    emit progressed(0, static_cast<int>(count));
    m_run.add(std::move(units));
}

/// Units run beside each other: this one comes when all pictures are done.
void PrototypeSearch::addResult(const std::shared_ptr<PatchSearch>& search)
{
    m_run.add({[this, search](Engine&, const Progress&) -> std::function<void()> {
        auto projection = std::make_shared<const PrototypeProjection>(search->result());
        return [this, projection] {
            m_search.reset();
            emit found(projection);
        };
    }});
}

void PrototypeSearch::cancel()
{
    if (!isRunning())
        return;
    m_run.cancel();
    keep();
    emit cancelled();
}

/// On a thread of its own: it may be much.
void PrototypeSearch::keep()
{
    if (!m_search)
        return;
    m_keeping.read<bool>(
        Step::Export,
        [search = std::exchange(m_search, nullptr)] {
            search->keep();
            return true;
        },
        [](bool) {}, [](const Failure&) {});
}

} // namespace ocellus
