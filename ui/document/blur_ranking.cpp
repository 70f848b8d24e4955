// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/blur_ranking.h"

#include <utility>

#include "core/base/error.h"
#include "ui/engine/engine_worker.h"

namespace ocellus {

BlurRanking::BlurRanking(EngineController& controller, QObject* parent) : QObject(parent), m_run(controller)
{
    connect(&controller, &EngineController::backgroundCleared, this, [this] {
        if (m_ranks.empty())
            m_asked.reset();
    });
}

void BlurRanking::follow(const ViewResult& result, const ViewRequest& request, bool canBlur, int classIndex)
{
    const bool isWanted = canBlur && result.decoding && !result.isDraft && result.decoding->hasClass(classIndex);
    const std::optional<Subject> subject =
        isWanted ? std::optional(Subject{result.decoding->key(), classIndex}) : std::nullopt;
    if (subject == m_asked)
        return;
    m_run.cancel();
    m_asked = subject;
    m_ranks.clear();
    if (!subject)
        return;
    ViewRequest asked = request;
    asked.set = result.key.limit;
    const auto rank = [this, asked = std::move(asked), sha256 = result.key.model, encoding = result.encoding,
                       subject = *subject](EngineWorker& worker, const Progress& progress) -> std::function<void()> {
        Engine& engine = worker.engineFor(asked);
        if (engine.model()->sha256 != sha256)
            throw Error(ErrorCode::Cancelled, asked.checkpoint.string(), "another model is open now");
        return [this, subject, ranks = ranksOf(engine.blurHeads(encoding, asked.set, subject.classIndex, progress))] {
            if (m_asked != subject)
                return;
            m_ranks = ranks;
            emit changed();
        };
    };
    m_run.start({rank});
}

std::vector<int> BlurRanking::ranks(const ViewResult& result, int classIndex) const
{
    const bool isOf = result.decoding && m_asked == Subject{result.decoding->key(), classIndex};
    return isOf ? m_ranks : std::vector<int>();
}

} // namespace ocellus
