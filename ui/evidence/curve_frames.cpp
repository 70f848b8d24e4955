// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/curve_frames.h"

#include "core/image/input_picture.h"
#include "ui/engine/picture_image.h"

namespace ocellus {

namespace {

constexpr int mostPixels = 400; ///< of a side

} // namespace

CurveFrames::CurveFrames(EngineController& controller, QObject* parent) : QObject(parent), m_batch(controller) {}

void CurveFrames::ask(const EvidenceRequest& request, const EvidenceTask& task, const std::string& settings)
{
    const auto job = std::make_shared<EvidenceJob>(request);
    m_batch.start(
        {[this, job, task, settings](EngineWorker& worker, const Progress& progress) -> std::function<void()> {
            std::vector<QImage> frames;
            for (const Picture& picture : job->pictures(task, CurveRecipe::of(settings), worker, progress))
                frames.push_back(
                    toImage(picture).scaled(mostPixels, mostPixels, Qt::KeepAspectRatio, Qt::SmoothTransformation));
            return [this, frames = std::move(frames)] { emit ready(frames); };
        }});
}

void CurveFrames::forget()
{
    m_batch.cancel();
}

} // namespace ocellus
