// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/source_inquiry.h"

#include <utility>

#include "core/explain/source_table.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/explained_subject.h"

namespace ocellus {

struct SourceInquiry::Question {
    SourceQuestion asked;
    SourceTable table = {};
};

SourceInquiry::SourceInquiry(EngineController& controller, QObject* parent)
    : QObject(parent),
      m_controller(controller),
      m_run(controller)
{
    connect(&m_run, &BatchRun::cancelled, this, [this] {
        m_wanted.reset();
        emit cancelled();
    });
    connect(&m_run, &BatchRun::finished, this, [this] {
        m_wanted.reset();
        emit finished();
    });
    // A unit tells of its source's failures itself: what is left is a model that has gone.
    connect(&m_run, &BatchRun::failed, this, &SourceInquiry::cancel);
}

SourceInquiry::~SourceInquiry() = default;

void SourceInquiry::ask(const SourceQuestion& question)
{
    cancel();
    m_wanted = std::make_shared<const Wanted>();
    const auto shared = std::make_shared<const Question>(Question{question});
    std::vector<EngineUnit> units;
    for (std::size_t position = 0; position < question.sources.size(); ++position)
        units.push_back(unitOf(shared, position));
    m_run.start(std::move(units));
}

EngineUnit SourceInquiry::unitOf(std::shared_ptr<const Question> question, std::size_t position)
{
    const std::weak_ptr<const Wanted> wanted = m_wanted;
    return [this, question = std::move(question), wanted, position](EngineWorker& worker,
                                                                    const Progress& progress) -> std::function<void()> {
        const SourceText& text = question->asked.sources[position];
        // The controller's thread is this object's, and the controller outlives what its worker posts.
        const auto tell = [this, wanted](std::function<void()> inMyThread) {
            QMetaObject::invokeMethod(
                &m_controller,
                [wanted, inMyThread = std::move(inMyThread)] {
                    if (!wanted.expired())
                        inMyThread();
                },
                Qt::QueuedConnection);
        };
        try {
            const ExplanationSource& source = question->table.source(text.source);
            const SourceSettings settings = question->table.settings(text);
            const SourceQuestion& asked = question->asked;
            const ExplainedSubject subject = worker.subjectFor(asked.request, progress, asked.other);
            SourceAnswer answer{text, source.traits().readsDecoding ? subject.key : subject.key.withoutLimit(), {}};
            const auto report = [&](double fraction, const std::vector<SourceMap>& soFar) {
                const double all = static_cast<double>(asked.sources.size());
                tell([this, whole = (static_cast<double>(position) + fraction) / all] { emit progressed(whole); });
                if (!soFar.empty())
                    tell([this, partial = SourceAnswer{text, answer.key, soFar, true}] { emit answered(partial); });
            };
            Engine& engine =
                asked.other.empty() ? worker.engineFor(asked.request) : worker.otherEngine(asked.other, progress);
            ModelProbe& probe =
                asked.other.empty() ? worker.probeFor(asked.request) : worker.otherProbe(asked.other, progress);
            answer.maps = SourceTable::maps(source, engine, probe, subject.subject(), asked.classes, settings,
                                            {progress, report});
            return [this, answer] { emit answered(answer); };
        } catch (...) {
            const Failure failure = failureOf(Step::Explain, std::current_exception());
            if (failure.isCancelled())
                throw;
            return [this, text, failure] { emit failed(text, failure); };
        }
    };
}

} // namespace ocellus
