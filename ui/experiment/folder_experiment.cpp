// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/folder_experiment.h"

#include <utility>

#include <QBuffer>
#include <QElapsedTimer>
#include <QImage>
#include <QSignalBlocker>

#include "core/base/error.h"
#include "core/edit/edit_json.h"
#include "ui/engine/engine_worker.h"
#include "ui/figures/contact_sheet.h"

namespace ocellus {

namespace {

QByteArray asJpeg(const QImage& image)
{
    constexpr int quality = 90;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "JPG", quality))
        return {};
    return bytes;
}

ExperimentFinding ask(const EditExperiment& experiment, Engine& engine, const ExperimentPicture& picture,
                      const Progress& progress)
{
    ExperimentFinding finding;
    finding.path = picture.file.path;
    QElapsedTimer clock;
    clock.start();
    try {
        const ExperimentResult result = experiment.run(engine, picture, progress);
        finding.row = result.row;
        if (result.row.isDone()) {
            finding.before = asJpeg(sheetThumbnail(result.before));
            finding.after = asJpeg(sheetThumbnail(result.after));
            finding.mask = jsonOf(result.mask);
        }
    } catch (const std::exception&) {
        progress.throwIfStopped(); // it runs again after the user's request
        const Failure failure = failureOf(Step::Explain, std::current_exception());
        finding.row = {};
        finding.row.picture = picture.file.relative.generic_string();
        finding.row.error = summary(failure).toStdString();
    }
    finding.seconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
    return finding;
}

} // namespace

FolderExperiment::FolderExperiment(EngineController& controller, QObject* parent)
    : QObject(parent),
      m_prepare(controller),
      m_pictures(controller)
{
    for (BatchRun* batch : {&m_prepare, &m_pictures}) {
        connect(batch, &BatchRun::cancelled, this, &FolderExperiment::cancelled);
        connect(batch, &BatchRun::failed, this, [this](const Failure& failure) {
            {
                const QSignalBlocker quiet(this); // the failure says it all
                cancel();
            }
            emit failed(failure);
        });
    }
    connect(&m_pictures, &BatchRun::progressed, this, &FolderExperiment::progressed);
    connect(&m_pictures, &BatchRun::finished, this, &FolderExperiment::finished);
}

void FolderExperiment::start(const Wish& wish)
{
    cancel();
    emit started();
    // The files of the recipe are read where nobody waits for them.
    m_prepare.start({[this, wish](EngineWorker&, const Progress&) -> std::function<void()> {
        auto experiment = std::make_shared<const EditExperiment>(wish.settings);
        return [this, wish, experiment] { askAboutPictures(wish, experiment); };
    }});
}

void FolderExperiment::cancel()
{
    m_prepare.cancel();
    m_pictures.cancel();
}

void FolderExperiment::askAboutPictures(const Wish& wish, const std::shared_ptr<const EditExperiment>& experiment)
{
    std::vector<EngineUnit> units;
    for (const ExperimentPicture& picture : wish.pictures)
        units.push_back([this, experiment, picture, request = wish.request](
                            EngineWorker& worker, const Progress& progress) -> std::function<void()> {
            Engine& engine = worker.engineFor(request);
            auto finding = std::make_shared<const ExperimentFinding>(ask(*experiment, engine, picture, progress));
            return [this, finding] { emit found(*finding); };
        });
    m_pictures.start(std::move(units));
}

} // namespace ocellus
