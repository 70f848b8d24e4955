// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include <QObject>
#include <QString>

#include "core/engine/attention_intervention.h"

namespace ocellus {

class Document;

/// What was changed by hand in the attention, step by step, so that it can be undone among the steps of the picture.
///
/// It ends with another class, picture, edit, limit, input size or model. What was changed there stays, see
/// Document::intervention(), but its steps are not known any more when one comes back.
class InterventionSteps : public QObject {
    Q_OBJECT

public:
    struct Step {
        AttentionIntervention before;
        AttentionIntervention after;
        std::size_t position = 0; ///< how many steps of the picture were done by then
    };

    /// `document` must outlive the steps.
    explicit InterventionSteps(Document& document, QObject* parent = nullptr);

    const std::vector<Step>& steps() const { return m_steps; }
    std::size_t done() const { return m_done; } ///< the others are undone
    QString stepName(std::size_t step) const;

    /// The last step that is done is one of these, and none of the picture's.
    bool canUndo() const;
    /// The next step to be done again is one of these.
    bool canRedo() const;
    void undo() { goTo(m_done - 1); } ///< only where canUndo()
    void redo() { goTo(m_done + 1); } ///< only where canRedo()
    void goTo(std::size_t done);      ///< at most as many as there are

    /// The intervention stays, but cannot be undone any more.
    void forget();

signals:
    void changed();
    void stepped(int difference); ///< so many more are done; forgotten ones count as undone

private:
    void takeChoice(const AttentionIntervention& before);
    void takeBack();
    void take(std::size_t done);
    const AttentionIntervention& stateAfter(std::size_t done) const;

    Document& m_document;
    std::vector<Step> m_steps;
    std::size_t m_done = 0;
    bool m_moving = false; // goTo() asks for what is among the steps already
};

} // namespace ocellus
