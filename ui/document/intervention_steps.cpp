// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/intervention_steps.h"

#include <utility>

#include "ui/document/document.h"
#include "ui/document/map_kind.h"
#include "ui/figures/map_names.h"
#include "ui/models/intervention_text.h"

namespace ocellus {

InterventionSteps::InterventionSteps(Document& document, QObject* parent) : QObject(parent), m_document(document)
{
    connect(&document, &Document::interventionChosen, this, &InterventionSteps::takeChoice);
    connect(&document, &Document::interventionChanged, this, &InterventionSteps::takeBack);
    connect(&document, &Document::interventionDropped, this, &InterventionSteps::forget);
    connect(&document.editor(), &PictureEditor::performed, this, [this] {
        m_steps.resize(m_done); // work goes on from here
        emit changed();
    });
}

QString InterventionSteps::stepName(std::size_t step) const
{
    return interventionStepName(m_steps[step].after, MapNames::ofRemovable(mapKindOf(m_document)));
}

bool InterventionSteps::canUndo() const
{
    return m_done > 0 && m_steps[m_done - 1].position >= m_document.editor().history().position();
}

bool InterventionSteps::canRedo() const
{
    return m_done < m_steps.size() && m_steps[m_done].position <= m_document.editor().history().position();
}

void InterventionSteps::goTo(std::size_t done)
{
    if (done == m_done || done > m_steps.size())
        return;
    const AttentionIntervention wanted = stateAfter(done);
    m_moving = true;
    m_document.setIntervention(wanted);
    m_moving = false;
    if (done <= m_steps.size()) // who heard of it may have dropped the intervention
        take(done);
}

void InterventionSteps::forget()
{
    if (m_steps.empty())
        return;
    // Nobody who is told may find a step that is about to go.
    m_steps.clear();
    take(0);
}

void InterventionSteps::takeChoice(const AttentionIntervention& before)
{
    if (m_moving)
        return;
    m_steps.resize(m_done);
    m_steps.push_back({before, m_document.intervention(), m_document.editor().history().position()});
    take(m_steps.size());
}

/// A cancel, or a model that refused: what it did not answer is no step.
void InterventionSteps::takeBack()
{
    if (m_moving || m_steps.empty() || stateAfter(m_done) == m_document.intervention())
        return;
    for (std::size_t done = m_done; done-- > 0;)
        if (stateAfter(done) == m_document.intervention()) {
            m_steps.resize(done);
            take(done);
            return;
        }
    for (std::size_t done = m_done + 1; done <= m_steps.size(); ++done)
        if (stateAfter(done) == m_document.intervention())
            return take(done); // it was an undo
    forget();
}

void InterventionSteps::take(std::size_t done)
{
    const std::size_t before = std::exchange(m_done, done);
    if (done != before)
        emit stepped(static_cast<int>(done) - static_cast<int>(before));
    emit changed();
}

const AttentionIntervention& InterventionSteps::stateAfter(std::size_t done) const
{
    return done == 0 ? m_steps.front().before : m_steps[done - 1].after;
}

} // namespace ocellus
