// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/prediction_run.h"

#include <utility>

#include "core/base/error.h"
#include "core/data/image_folder.h"
#include "core/evaluation/data_classes.h"
#include "core/evaluation/picture_naming.h"

namespace ocellus {

PredictionRun::PredictionRun(EngineController& controller, QObject* parent) : QObject(parent), m_run(controller)
{
    connect(&m_run, &OwnModelRun::progressed, this, [this](int done, int total) {
        emit progressed(done - 1, total - 1); // the first unit lists
    });
    connect(&m_run, &OwnModelRun::finished, this, &PredictionRun::finished);
    connect(&m_run, &OwnModelRun::failed, this, &PredictionRun::failed);
    connect(&m_run, &OwnModelRun::cancelled, this, &PredictionRun::cancelled);
}

void PredictionRun::start(const Wish& wish)
{
    m_run.start(wish.request, [this, wish](Engine& engine, const Progress& progress) -> std::function<void()> {
        const ModelDescription& model = *engine.model();
        requireClasses(model, model.path.string());
        const ImageListing listing = listImages(wish.folder, progress.stopToken());
        if (listing.images.empty())
            throw Error(ErrorCode::NotFound, wish.folder.string(), "expected pictures in the folder, found none",
                        "Choose another folder");
        auto sheet = std::make_shared<PredictionSheet>();
        sheet->folder = wish.folder;
        sheet->checkpoint = wish.request.checkpoint;
        sheet->source = predictionSource(model, "Ocellus " OCELLUS_VERSION);
        sheet->table = classesOf(wish.given, model, {});
        sheet->trust = trustOfModel(model.training);
        sheet->planned = listing.images.size();
        const AskingSettings settings{wish.request.preprocessFor(model), wish.request.decode};
        return [this, listing, settings, sheet = std::shared_ptr<const PredictionSheet>(sheet)] {
            emit listed(*sheet, QString::fromStdString(listing.skipped.sentence()));
            std::vector<OwnModelRun::Unit> units;
            for (const ImageFile& file : listing.images)
                units.push_back(unitOf(file, sheet, settings));
            m_run.add(std::move(units));
        };
    });
}

OwnModelRun::Unit PredictionRun::unitOf(const ImageFile& file, const std::shared_ptr<const PredictionSheet>& sheet,
                                        const AskingSettings& settings)
{
    return [this, file, sheet, settings](Engine& engine, const Progress& progress) -> std::function<void()> {
        PredictedPicture picture;
        picture.path = file.path;
        try {
            picture.prediction = namePicture(engine, file, settings, sheet->trust, progress);
        } catch (const std::exception&) {
            progress.throwIfStopped();
            picture.prediction.picture = file.relative.generic_string();
            picture.failure = summary(failureOf(Step::Picture, std::current_exception())).toStdString();
        }
        return [this, picture = std::move(picture)] { emit named(picture); };
    };
}

} // namespace ocellus
