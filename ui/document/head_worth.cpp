// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/head_worth.h"

#include <utility>

#include "core/base/error.h"
#include "core/explain/head_importance.h"
#include "ui/engine/engine_worker.h"

namespace ocellus {

HeadWorth::HeadWorth(EngineController& controller, QObject* parent) : QObject(parent), m_run(controller)
{
    // It was on its way, or could not be told: it is asked for again.
    connect(&controller, &EngineController::backgroundCleared, this, [this] {
        if (m_heads.empty())
            m_asked.reset();
    });
}

void HeadWorth::follow(const ViewResult& result, const ViewRequest& request, bool canIntervene, int classIndex,
                       int layer)
{
    const bool isWanted = canIntervene && result.decoding && !result.isDraft && result.decoding->hasLogits() &&
                          layer == result.decoding->extent().layers - 1 && result.decoding->hasClass(classIndex);
    const std::optional<Subject> subject =
        isWanted ? std::optional(Subject{result.decoding->key(), classIndex, layer}) : std::nullopt;
    if (subject == m_asked)
        return;
    m_run.cancel();
    m_asked = subject;
    m_heads.clear();
    if (!subject)
        return;
    m_run.start({[this, request, sha256 = result.key.model, encoding = result.encoding, decoding = result.decoding,
                  subject = *subject](EngineWorker& worker, const Progress&) -> std::function<void()> {
        Engine& engine = worker.engineFor(request);
        if (engine.model()->sha256 != sha256)
            throw Error(ErrorCode::Cancelled, request.checkpoint.string(), "another model is open now");
        return [this, subject, heads = headImportance(engine, *encoding, *decoding, {subject.classIndex}).front()] {
            if (m_asked != subject)
                return;
            m_heads = heads;
            emit changed();
        };
    }});
}

std::vector<float> HeadWorth::ofHeads(const ViewResult& result, int classIndex, int layer) const
{
    const bool isOf = result.decoding && m_asked == Subject{result.decoding->key(), classIndex, layer};
    return isOf ? m_heads : std::vector<float>();
}

} // namespace ocellus
