// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include <QByteArray>
#include <QMetaType>
#include <QObject>

#include <nlohmann/json.hpp>

#include "core/experiment/edit_experiment.h"
#include "ui/engine/batch_run.h"
#include "ui/engine/view_request.h"

namespace ocellus {

/// What an experiment found in one picture, small enough to keep thousands of them.
struct ExperimentFinding {
    std::filesystem::path path;
    ExperimentRow row;
    double seconds = 0;       ///< that it took
    QByteArray before, after; ///< sheetThumbnail() as JPEG; empty where the row is not done
    nlohmann::json mask;      ///< as core/edit/edit_json.h has it; null where the row is not done
};

/// Does a recipe's edit to many pictures and asks the model about each, between the user's requests.
class FolderExperiment : public QObject {
    Q_OBJECT

public:
    struct Wish {
        ViewRequest request; ///< of any picture: engine and model
        std::string modelSha256;
        EditExperiment::Settings settings;
        std::vector<ExperimentPicture> pictures;
    };

    /// `controller` must outlive the experiment.
    explicit FolderExperiment(EngineController& controller, QObject* parent = nullptr);

    /// One that still runs is cancelled first.
    void start(const Wish& wish);
    void cancel();
    bool isRunning() const { return m_prepare.isRunning() || m_pictures.isRunning(); }

signals:
    void started();
    /// Of one picture; what went wrong with it alone is in its row.
    void found(const ocellus::ExperimentFinding& finding);
    void progressed(int done, int total);
    void finished();
    /// The experiment cannot be done at all: the recipe's files do not fit it.
    void failed(const ocellus::Failure& failure);
    void cancelled();

private:
    void askAboutPictures(const Wish& wish, const std::shared_ptr<const EditExperiment>& experiment);

    BatchRun m_prepare;
    BatchRun m_pictures;
};

} // namespace ocellus

Q_DECLARE_METATYPE(ocellus::ExperimentFinding)
