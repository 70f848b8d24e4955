// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QMetaType>
#include <QObject>

#include "core/data/image_folder.h"
#include "core/evaluation/picture_asking.h"
#include "core/evaluation/prediction_sheet.h"
#include "ui/engine/own_model_run.h"
#include "ui/engine/view_request.h"

namespace ocellus {

/// Names the pictures of a folder in the background, one after the other.
class PredictionRun : public QObject {
    Q_OBJECT

public:
    struct Wish {
        ViewRequest request; ///< engine, checkpoint, and how pictures are read and resized
        std::filesystem::path folder;
        std::optional<ClassTable> given; ///< names for a checkpoint that has others or none
    };

    /// `controller` must outlive the run.
    explicit PredictionRun(EngineController& controller, QObject* parent = nullptr);

    /// One that still runs is cancelled first.
    void start(const Wish& wish);
    void cancel() { m_run.cancel(); }
    bool isRunning() const { return m_run.isRunning(); }

signals:
    /// The pictures were listed: a sheet without any, which named() fills.
    void listed(const ocellus::PredictionSheet& sheet, const QString& leftOut);
    void named(const ocellus::PredictedPicture& picture);
    void progressed(int done, int total);
    void finished();
    void failed(const ocellus::Failure& failure); ///< of all of it
    void cancelled();

private:
    OwnModelRun::Unit unitOf(const ImageFile& file, const std::shared_ptr<const PredictionSheet>& sheet,
                             const AskingSettings& settings);

    OwnModelRun m_run;
};

} // namespace ocellus
