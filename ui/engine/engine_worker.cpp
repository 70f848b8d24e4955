// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/engine_worker.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "core/analysis/unusualness.h"
#include "ui/engine/picture_image.h"

namespace ocellus {

namespace {

constexpr std::size_t otherCacheBytes = std::size_t{64} << 20; ///< of a model that is there to compare with

PreprocessOptions halved(const PreprocessOptions& options)
{
    PreprocessOptions half = options;
    half.shortSide = std::max(1, options.shortSide / 2);
    half.longSide = std::max(1, options.longSide / 2);
    half.fixedSide = options.fixedSide / 2;
    half.cropSide = options.cropSide / 2;
    return half;
}

/// The class of the highest logit, the first of equal ones, and its softmax.
Prediction bestOf(const std::vector<float>& logits)
{
    const auto best = std::ranges::max_element(logits);
    double sum = 0;
    for (const float logit : logits)
        sum += std::exp(static_cast<double>(logit) - static_cast<double>(*best));
    return {static_cast<int>(best - logits.begin()), static_cast<float>(1 / sum), energy(logits),
            static_cast<double>(*best)};
}

} // namespace

ViewResult EngineWorker::view(const ViewRequest& request, const Progress& progress, const Announcements& announce)
{
    startEngine(request.engine, announce);
    ViewResult result;
    result.generation = request.generation;
    result.counters = m_engine->counters();
    const bool hasModel = !request.checkpoint.empty();
    if (hasModel)
        openModel(request.checkpoint, progress, announce);
    if (request.picture.empty())
        return result;

    const Original original = originalOf(request, progress);
    announce.pictureReady(shownPicture(request, original, progress));
    if (request.pictureOnly || !hasModel)
        return result;
    // Small changes are followed exactly in less than that.
    if (!request.edits.empty() && request.intervention.empty() && m_encodeSeconds > m_secondsWorthADraft)
        announce.draftReady(answer(request, original, Purpose::Draft, progress));
    return answer(request, original, Purpose::View, progress);
}

ViewResult EngineWorker::explain(const ViewRequest& request, const Progress& progress)
{
    engineFor(request);
    return answer(request, originalOf(request, progress), Purpose::Background, progress);
}

Engine& EngineWorker::engineFor(const ViewRequest& request)
{
    m_step = Step::Explain;
    if (!m_engine || !hasOpen(request.checkpoint) || m_engine->options().model != request.engine.model)
        throw Error(ErrorCode::Cancelled, request.checkpoint.string(), "another model is open now");
    return *m_engine;
}

ModelProbe& EngineWorker::probeFor(const ViewRequest& request)
{
    Engine& engine = engineFor(request);
    if (!m_probe)
        m_probe = std::make_unique<ModelProbe>(engine);
    return *m_probe;
}

EngineWorker::OtherModel& EngineWorker::other(const std::filesystem::path& checkpoint, const Progress& progress)
{
    m_step = Step::Model;
    const auto time = timeOf(checkpoint);
    const auto known = std::ranges::find(m_others, checkpoint, &OtherModel::checkpoint);
    if (known != m_others.end() && (*known)->time == time) {
        std::rotate(known, known + 1, m_others.end());
        return *m_others.back();
    }
    closeOther(checkpoint); // its file was written anew
    if (m_others.size() >= MostOthers)
        m_others.erase(m_others.begin()); // its memory is needed for the new one
    EngineOptions options = m_engine ? m_engine->options() : EngineOptions();
    options.followEdits = false;
    options.model = {}; // what the user said of the open one
    options.encodingCacheBytes = options.decodingCacheBytes = otherCacheBytes;
    auto other = std::make_unique<OtherModel>(checkpoint, options);
    other->engine.open(checkpoint, progress);
    other->time = time;
    return *m_others.emplace_back(std::move(other));
}

Engine& EngineWorker::otherEngine(const std::filesystem::path& checkpoint, const Progress& progress)
{
    return other(checkpoint, progress).engine;
}

void EngineWorker::closeOther(const std::filesystem::path& checkpoint)
{
    std::erase_if(m_others, [&checkpoint](const auto& other) { return other->checkpoint == checkpoint; });
}

int EngineWorker::openModels() const
{
    return (m_engine && m_engine->model() ? 1 : 0) + static_cast<int>(m_others.size());
}

ModelProbe& EngineWorker::otherProbe(const std::filesystem::path& checkpoint, const Progress& progress)
{
    return other(checkpoint, progress).probe;
}

ExplainedSubject EngineWorker::subjectFor(const ViewRequest& request, const Progress& progress,
                                          const std::filesystem::path& other)
{
    Engine& open = engineFor(request);
    Engine& engine = other.empty() ? open : otherEngine(other, progress);
    const Original original = originalOf(request, progress);
    const ShownPicture shown = shownPicture(request, original, progress);
    const PreprocessOptions options = request.preprocessFor(*engine.model());
    ExplainedSubject subject{keyOf(request, shown, options), toPicture(shown.picture),
                             m_pictures.prepared(*original, request.edits, options, progress), nullptr, nullptr};
    m_step = Step::Explain;
    if (!other.empty()) {
        subject.key = subject.key.withoutLimit();
        subject.key.model = engine.model()->sha256;
        subject.key.given = engine.model()->given;
        subject.encoding = engine.encode(subject.prepared->input, progress, EncodeUse::Passing);
        subject.decoding = engine.decode(subject.encoding, QuerySet{}, progress);
        return subject;
    }
    subject.encoding = encode(subject.prepared->input, Purpose::Background, progress);
    subject.decoding = engine.decode(subject.encoding, request.set, progress);
    if (!request.intervention.empty())
        subject.decoding = engine.decode(subject.encoding, request.set, request.intervention, progress);
    return subject;
}

Prediction EngineWorker::predict(const ViewRequest& request, const Progress& progress)
{
    Engine& engine = engineFor(request);
    m_step = Step::Picture;
    const ModelInput input = m_pictures.input(request, request.preprocessFor(*engine.model()), progress);
    m_step = Step::Explain;
    return bestOf(engine.logits(input, progress));
}

void EngineWorker::startEngine(const EngineOptions& options, const Announcements& announce)
{
    m_step = Step::Device;
    if (m_engine && m_engine->options() == options)
        return;
    // The old engine stays where the new one cannot be had.
    auto engine = std::make_unique<Engine>(options);
    m_probe.reset();
    m_others.clear(); // they were made with the options of then
    m_engine = std::move(engine);
    announce.deviceReported(options, m_engine->device());
}

bool EngineWorker::hasOpen(const std::filesystem::path& checkpoint) const
{
    return m_engine->model() && m_engine->model()->path == checkpoint && m_modelTime == timeOf(checkpoint);
}

void EngineWorker::openModel(const std::filesystem::path& checkpoint, const Progress& progress,
                             const Announcements& announce)
{
    m_step = Step::Model;
    if (hasOpen(checkpoint))
        return;
    const auto time = timeOf(checkpoint);
    const ModelDescription& model = m_engine->open(checkpoint, progress);
    m_modelTime = time;
    m_encodeSeconds = 0;
    announce.modelOpened(model);
}

EngineWorker::Original EngineWorker::originalOf(const ViewRequest& request, const Progress& progress)
{
    m_step = Step::Picture;
    return m_pictures.original(request, progress);
}

ShownPicture EngineWorker::shownPicture(const ViewRequest& request, const Original& original, const Progress& progress)
{
    m_step = request.edits.empty() ? Step::Picture : Step::Edit;
    // Without a model the picture is looked at alone.
    const PreprocessOptions options =
        request.checkpoint.empty() ? request.preprocess : request.preprocessFor(*m_engine->model());
    return {
        request.picture,   original->image,   m_pictures.prepared(*original, request.edits, options, progress)->image,
        request.edits,     original->content, original->facts,
        original->fileTime};
}

ViewKey EngineWorker::keyOf(const ViewRequest& request, const ShownPicture& shown,
                            const PreprocessOptions& preprocess) const
{
    return {m_engine->model()->sha256,
            m_engine->model()->given,
            shown.content,
            contentKey(shown.edits),
            request.decode,
            preprocess,
            request.set,
            request.intervention,
            m_engine->device().precision};
}

ViewResult EngineWorker::answer(const ViewRequest& request, const Original& original, Purpose purpose,
                                const Progress& progress)
{
    ViewResult result;
    result.generation = request.generation;
    result.shown = shownPicture(request, original, progress);
    PreprocessOptions options = request.preprocessFor(*m_engine->model());
    result.isDraft = purpose == Purpose::Draft;
    if (result.isDraft)
        options = halved(options);
    result.key = keyOf(request, result.shown, options);

    // The original first, so that what is edited differs from the picture before by the edits alone.
    const auto asRead = m_pictures.prepared(*original, {}, options, progress);
    const auto edited = m_pictures.prepared(*original, request.edits, options, progress);
    m_step = Step::Explain;
    result.beforeInputSize = asRead->input.inputSize;
    result.inputSize = edited->input.inputSize;
    if (!request.edits.empty())
        result.before = m_engine->decode(encode(asRead->input, purpose, progress), request.set, progress);
    result.encoding = encode(edited->input, purpose, progress);
    result.withoutIntervention = m_engine->decode(result.encoding, request.set, progress);
    result.decoding = request.intervention.empty()
                          ? result.withoutIntervention
                          : m_engine->decode(result.encoding, request.set, request.intervention, progress);
    result.full = request.set.mode == LimitMode::All ? result.withoutIntervention
                                                     : m_engine->decode(result.encoding, QuerySet{}, progress);
    if (!result.before)
        result.before = result.withoutIntervention;
    result.counters = m_engine->counters();
    return result;
}

std::shared_ptr<const Encoding> EngineWorker::encode(const ModelInput& input, Purpose purpose, const Progress& progress)
{
    const auto encodesBefore = m_engine->counters().encodes;
    const auto start = std::chrono::steady_clock::now();
    auto encoding =
        m_engine->encode(input, progress, purpose == Purpose::View ? EncodeUse::Followed : EncodeUse::Passing);
    if (purpose == Purpose::View && m_engine->counters().encodes != encodesBefore)
        m_encodeSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return encoding;
}

} // namespace ocellus
