// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/edit_history.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace ocellus {

namespace {

std::size_t bytesOf(const DoneChanges& changes)
{
    std::size_t bytes = 0;
    for (const auto* list : {&changes.changes, &changes.inverses})
        for (const EditChange& change : *list)
            bytes += bytesOf(change);
    return bytes;
}

} // namespace

EditHistory::EditHistory(PictureEdits state, std::shared_ptr<StepStore> store)
    : EditHistory(std::move(state), std::move(store), Limits())
{
}

EditHistory::EditHistory(PictureEdits state, std::shared_ptr<StepStore> store, const Limits& limits)
    : m_state(std::move(state)),
      m_store(std::move(store)),
      m_limits(limits)
{
}

void EditHistory::perform(EditStep step)
{
    if (step.name.size() > maxNameBytes)
        throw Error(ErrorCode::BadArgument, "step",
                    "expected a name of at most " + std::to_string(maxNameBytes) + " bytes, got " +
                        std::to_string(step.name.size()));
    std::vector<EditChange> inverses = changeEdits(m_state, step.changes);
    forgetUndone();
    const auto changes = std::make_shared<const DoneChanges>(DoneChanges{std::move(step.changes), std::move(inverses)});
    m_entries.push_back({std::move(step.name), changes, bytesOf(*changes), 0});
    m_bytesInMemory += m_entries.back().bytes;
    ++m_position;
    if (m_store)
        spill();
}

void EditHistory::undo()
{
    if (!canUndo())
        return;
    changeEdits(m_state, changesOf(m_entries[m_position - 1])->inverses);
    --m_position;
}

void EditHistory::redo()
{
    if (!canRedo())
        return;
    changeEdits(m_state, changesOf(m_entries[m_position])->changes);
    ++m_position;
}

void EditHistory::goTo(std::size_t position)
{
    position = std::min(position, m_entries.size());
    while (m_position > position)
        undo();
    while (m_position < position)
        redo();
}

std::shared_ptr<const DoneChanges> EditHistory::changesOf(const Entry& entry) const
{
    return entry.changes ? entry.changes : std::make_shared<const DoneChanges>(m_store->read(entry.place));
}

void EditHistory::forgetUndone()
{
    for (std::size_t i = std::max(m_position, m_firstInMemory); i < m_entries.size(); ++i)
        m_bytesInMemory -= m_entries[i].bytes;
    m_entries.resize(m_position);
    m_firstInMemory = std::min(m_firstInMemory, m_position);
}

void EditHistory::spill()
{
    while (m_entries.size() - m_firstInMemory > m_limits.steps || m_bytesInMemory > m_limits.bytes) {
        Entry& entry = m_entries[m_firstInMemory];
        try {
            entry.place = m_store->append(*entry.changes);
        } catch (const Error&) {
            return; // the work goes on, in memory; the next step tries again
        }
        entry.changes.reset();
        m_bytesInMemory -= entry.bytes;
        ++m_firstInMemory;
    }
}

} // namespace ocellus
