// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/evidence_job.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/image/input_picture.h"

namespace ocellus {

EvidenceJob::EvidenceJob(const EvidenceRequest& request) : m_request(request)
{
    plan();
    m_trials.resize(m_tasks.size());
    int steps = 0;
    for (const EvidenceTask& task : m_tasks) {
        m_starts.push_back(steps);
        steps += stepsOf(task);
    }
    m_starts.push_back(steps);
}

void EvidenceJob::plan()
{
    const std::vector<EvidenceMap>& maps = m_request.maps;
    for (const EvidenceMap& map : maps)
        if (map.source == "heads")
            m_tasks.push_back({map, EvidenceTest::Importance});
    for (const EvidenceMap& map : maps)
        m_tasks.push_back({map, EvidenceTest::Cover});
    // Curves cost the most: of what is looked at, and of the mean.
    for (const EvidenceTest test : {EvidenceTest::Deletion, EvidenceTest::Insertion})
        for (const EvidenceMap& map : maps)
            if (map == maps.front() || map.source == "mean")
                m_tasks.push_back({map, test});
    std::erase_if(m_tasks, [this](const EvidenceTask& task) {
        return std::ranges::find(m_request.known, task) != m_request.known.end();
    });
}

/// At most; of curves after the first ones of a kind only two are new.
int EvidenceJob::stepsOf(const EvidenceTask& task) const
{
    switch (task.test) {
    case EvidenceTest::Importance:
    case EvidenceTest::Pointing: return 1;
    case EvidenceTest::Cover: return m_request.cover.controls + 2;
    case EvidenceTest::Deletion:
    case EvidenceTest::Insertion: break;
    }
    const auto first = std::ranges::find(m_tasks, task.test, &EvidenceTask::test);
    return (*first == task ? m_request.curves.randomOrders + 3 : 2) * (m_request.curves.steps + 1);
}

void EvidenceJob::prepare(EngineWorker& worker, const Progress& progress)
{
    if (m_bench)
        return;
    const auto subject = std::make_shared<const ExplainedSubject>(worker.subjectFor(m_request.view, progress));
    if (subject->key != m_request.subject.key)
        throw Error(ErrorCode::Cancelled, m_request.view.picture.string(), "the picture's file is another one now");
    m_inputSize = subject->prepared->input.inputSize;
    m_bench.emplace(EvidenceBench::Subject{
        std::shared_ptr<const Picture>(subject, &subject->picture), subject->key.preprocess,
        std::shared_ptr<const ModelInput>(subject, &subject->prepared->input), subject->encoding, subject->decoding,
        m_request.subject.classIndex, m_request.subject.layer, m_request.made, m_request.madeBy});
}

std::string EvidenceJob::settingsOf(EvidenceTest test) const
{
    return test == EvidenceTest::Cover ? m_request.cover.text() : m_request.curves.text();
}

std::optional<Finding> EvidenceJob::run(std::size_t index, EngineWorker& worker, const Progress& progress)
{
    prepare(worker, progress);
    const EvidenceTask& task = m_tasks.at(index);
    Engine& engine = worker.engineFor(m_request.view);
    ModelProbe& probe = worker.probeFor(m_request.view);
    const int start = m_starts[index], end = m_starts[index + 1];
    std::optional<Finding> finding;
    if (task.test == EvidenceTest::Importance) {
        finding = m_bench->importance(task.map, engine);
    } else {
        std::unique_ptr<EvidenceTrial>& trial = m_trials[index];
        if (!trial)
            trial = m_bench->trial(task.map, task.test, settingsOf(task.test), engine, probe, progress);
        if (trial)
            finding = findingOf(*trial, probe, progress,
                                [&](double fraction) { m_done = start + static_cast<int>(fraction * (end - start)); });
    }
    m_done = end;
    return finding;
}

std::vector<Picture> EvidenceJob::pictures(const EvidenceTask& task, const CurveRecipe& recipe, EngineWorker& worker,
                                           const Progress& progress)
{
    prepare(worker, progress);
    const CausalMode mode = task.test == EvidenceTest::Deletion ? CausalMode::Deletion : CausalMode::Insertion;
    std::vector<Picture> pictures;
    for (const std::vector<float>& input : m_bench->curvePictures(
             task.map, mode, recipe, worker.engineFor(m_request.view), worker.probeFor(m_request.view), progress))
        pictures.push_back(pictureOfInput(input, m_inputSize, m_request.subject.key.preprocess.normalisation));
    return pictures;
}

} // namespace ocellus
