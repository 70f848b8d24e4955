// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/evidence_commands.h"

#include <QAction>

#include "ui/compare/effects_panel.h"
#include "ui/document/live_answer.h"
#include "ui/evidence/evidence_panel.h"
#include "ui/evidence/sanity_text.h"
#include "ui/figures/map_evidence.h"
#include "ui/panels/model_panel.h"
#include "ui/session/session_work.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_docks.h"

namespace ocellus {

EvidenceCommands::EvidenceCommands(Document& document, LiveAnswer& answer, Settings& settings, WindowDocks& docks,
                                   const WindowActions& actions, SessionWork& work)
    : m_docks(docks),
      m_study(document, answer, settings, *docks.evidence())
{
    work.keepEvidence(answer.evidence());
    connect(actions.at(Command::ShowEvidence), &QAction::triggered, this,
            [this] { m_docks.reveal(m_docks.evidence()); });
    connect(&answer, &LiveAnswer::explanationChanged, docks.effects(), [this, &answer] {
        const Explanation shown = answer.explanationOfHeads();
        const MapEvidence* evidence = evidenceOf(shown);
        m_docks.effects()->setImportance(evidence ? evidence->headWorth : std::vector<float>());
    });
    connect(&m_study, &EvidenceStudy::failed, this, &EvidenceCommands::failed);
    connect(&m_study.sanity(), &SanityStudy::changed, this, &EvidenceCommands::showSanity);
}

void EvidenceCommands::showSanity()
{
    const std::optional<SanityReport>& report = m_study.sanity().report();
    m_docks.model()->setSanity(report ? SanityText::summary(*report) : QString());
}

} // namespace ocellus
