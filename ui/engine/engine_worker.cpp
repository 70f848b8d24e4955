// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/engine_worker.h"

#include <string>
#include <system_error>

#include "ui/engine/picture_image.h"

namespace ocellus {

namespace {

std::filesystem::file_time_type timeOf(const std::filesystem::path& path)
{
    std::error_code ignored; // a file that is gone is reported by whoever opens it
    return std::filesystem::last_write_time(path, ignored);
}

ContentKey pictureKey(const ViewRequest& request, const PreprocessOptions& preprocess)
{
    std::string text = request.picture.string();
    for (const std::int64_t part :
         {static_cast<std::int64_t>(timeOf(request.picture).time_since_epoch().count()),
          static_cast<std::int64_t>(request.decode.ignoreExif), request.decode.maxPixels, request.decode.maxFileBytes,
          static_cast<std::int64_t>(preprocess.shortSide), static_cast<std::int64_t>(preprocess.longSide),
          static_cast<std::int64_t>(preprocess.fixedSide)})
        text += '\0' + std::to_string(part);
    return contentKey(text);
}

} // namespace

ViewResult EngineWorker::view(const ViewRequest& request, const Progress& progress, const Announcements& announce)
{
    startEngine(request.engine, announce);
    ViewResult result;
    result.generation = request.generation;
    result.counters = m_engine->counters();
    if (request.checkpoint.empty())
        return result;
    openModel(request.checkpoint, progress, announce);
    if (request.picture.empty())
        return result;

    const auto prepared = prepare(request, progress);
    announce.pictureReady(request.picture, prepared->picture);
    m_step = Step::Explain;
    const auto encoding = m_engine->encode(prepared->input, progress);
    result.picturePath = request.picture;
    result.picture = prepared->picture;
    result.inputSize = prepared->input.inputSize;
    result.decoding = m_engine->decode(encoding, request.set, progress);
    result.full = request.set.mode == LimitMode::All ? result.decoding : m_engine->decode(encoding, {}, progress);
    result.counters = m_engine->counters();
    return result;
}

std::optional<Prediction> EngineWorker::predict(const ViewRequest& request, const Progress& progress)
{
    if (!m_engine || !hasOpen(request.checkpoint))
        return std::nullopt;
    const auto prepared = prepare(request, progress);
    m_step = Step::Explain;
    const auto decoding = m_engine->decode(m_engine->encode(prepared->input, progress), {}, progress);
    const int best = decoding->classes().at(static_cast<std::size_t>(decoding->ranking().front()));
    return Prediction{best, decoding->probability(best)};
}

void EngineWorker::startEngine(const EngineOptions& options, const Announcements& announce)
{
    m_step = Step::Device;
    if (m_engine && m_engine->options() == options)
        return;
    // The old engine stays where the new one cannot be had.
    m_engine = std::make_unique<Engine>(options);
    announce.deviceReported(m_engine->device());
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
    const ModelDescription& model = m_engine->open(checkpoint, progress, requireMaps);
    m_modelTime = time;
    announce.modelOpened(model);
}

std::shared_ptr<const EngineWorker::Prepared> EngineWorker::prepare(const ViewRequest& request,
                                                                    const Progress& progress)
{
    m_step = Step::Picture;
    const PreprocessOptions options = request.preprocessFor(*m_engine->model());
    const ContentKey key = pictureKey(request, options);
    if (auto known = m_pictures.find(key))
        return known;
    progress.at(Stage::Preprocess, 0);
    const Picture picture = decodePicture(request.picture, request.decode);
    progress.at(Stage::Preprocess, 0.5);
    auto prepared = std::make_shared<Prepared>();
    prepared->input = preprocess(picture, options);
    prepared->picture = toImage(picture);
    progress.at(Stage::Preprocess, 1);
    m_pictures.insert(key, prepared,
                      static_cast<std::size_t>(prepared->picture.sizeInBytes()) +
                          prepared->input.values.size() * sizeof(float));
    return prepared;
}

} // namespace ocellus
