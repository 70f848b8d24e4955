// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>

#include "ui/document/class_names.h"
#include "ui/document/settings.h"
#include "ui/engine/engine_controller.h"
#include "ui/engine/picture_finder.h"
#include "ui/engine/thumbnail_loader.h"
#include "ui/figures/explanation.h"
#include "ui/models/display_choice.h"
#include "ui/models/limit_choice.h"
#include "ui/models/picture_list_model.h"

namespace ocellus {

/// What the user looks at, as values: model, class names, pictures, and the choice of picture, class, head, limit and
/// display. Asks the controller for what it lacks; choices of class, head, layer and display never do.
class Document : public QObject {
    Q_OBJECT

public:
    Document(Settings& settings, EngineController& controller, QObject* parent = nullptr);

    // The model.
    void openCheckpoint(const std::filesystem::path& path);
    const std::optional<ModelDescription>& model() const { return m_model; }
    /// Open or on its way; empty where there is none.
    const std::filesystem::path& checkpoint() const { return m_checkpoint; }
    const std::optional<DeviceReport>& device() const { return m_device; }
    int classCount() const { return m_model ? m_model->config.queries : 0; }
    int layerCount() const { return m_model ? m_model->config.decoderLayers : 0; }
    int headCount() const { return m_model ? m_model->config.heads : 0; }

    // Class names.
    const ClassNames& classNames() const { return m_names; }
    /// For the model that is open or on its way. Refused with failed() where the count differs from the model's; else
    /// remembered with the checkpoint.
    void loadClassTable(const std::filesystem::path& path);
    void forgetClassTable();

    // Pictures.
    PictureListModel& pictures() { return m_pictures; }
    /// Adds files and folders in the background and chooses the first of them.
    void openPictures(const std::vector<std::filesystem::path>& filesAndFolders);
    void removePicture(int row);
    int currentPicture() const { return m_pictures.rowOf(m_picture); } ///< -1 where there is none
    void setCurrentPicture(int row);

    // What of it is shown.
    int currentClass() const { return m_class; } ///< -1 before the first view
    /// A class that has left the decoder (`drop`) has no map: refused with noticed().
    void setCurrentClass(int classIndex);
    int head() const { return m_head; } ///< from 0; headCount() is the mean
    void setHead(int head);
    const LimitChoice& limit() const { return m_limit; }
    void setLimit(const LimitChoice& limit);

    // How it is drawn.
    const DisplayChoice& display() const { return m_display; }
    void setDisplay(const DisplayChoice& display);
    void setLayer(int layer); ///< from 0; the nearest that the model has

    // The result.
    /// Null before the first view; of the request before while one is on its way.
    const std::shared_ptr<const Decoding>& decoding() const { return m_view.decoding; }
    const std::shared_ptr<const Decoding>& fullDecoding() const { return m_view.full; } ///< without the limit
    Size inputSize() const { return m_view.inputSize; }
    /// What pictures are resized to: the model's own sizes where it declares some and the user takes them.
    PreprocessOptions preprocessing() const { return m_model ? wish().preprocessFor(*m_model) : wish().preprocess; }
    bool ignoresExif() const { return wish().decode.ignoreExif; }
    QStringList precisionNotes() const; ///< "TF32", "half precision"; empty with full float32
    /// What tiles, exports and the read-out show; empty before the first view.
    Explanation explanation() const;
    EngineCounters counters() const { return m_view.counters; } ///< when the view was computed
    bool isBusy() const { return m_controller.isBusy(); }
    /// Stops the request on its way and goes back to what is shown.
    void cancel();

signals:
    void modelChanged();
    void deviceChanged();
    void classNamesChanged();
    void currentPictureChanged(int row);
    void currentClassChanged(int classIndex);
    void headChanged(int head);
    void limitChanged();
    void displayChanged();
    void viewChanged();        ///< another decoding, or none
    void explanationChanged(); ///< anything that explanation() depends on, viewChanged() included
    void busyChanged(bool busy);
    void progressed(ocellus::Stage stage, double fraction);
    void failed(const ocellus::Failure& failure);
    void noticed(const QString& text); ///< worth a line in the message bar, but no failure

private:
    ViewRequest wish() const;
    void requestView();
    void revert();
    void takeModel(const ModelDescription& model);
    void takePicture(const std::filesystem::path& path, const QImage& picture);
    void takeView(const ViewResult& view);
    void takeFailure(const Failure& failure);
    void takePrediction(const std::filesystem::path& path, const Prediction& prediction);
    void addFiles(const std::vector<ImageFile>& files);
    void publishClassNames();
    void predict(int firstRow);
    void choosePicture(const std::filesystem::path& path);
    void chooseClass(int classIndex);
    void chooseClassOfView(bool anotherPicture);
    void clearView();
    void takeSetting(Setting setting);
    bool isOpen(const ViewRequest& request) const;
    bool isModelOnItsWay() const { return !m_checkpoint.empty() && (!m_model || m_model->path != m_checkpoint); }
    QStringList notices() const;

    Settings& m_settings;
    EngineController& m_controller;
    PictureFinder m_finder;
    ThumbnailLoader m_thumbnails;
    PictureListModel m_pictures;
    ClassNames m_names;
    std::filesystem::path m_waitingTable; // for the checkpoint that is on its way
    std::filesystem::path m_checkpoint;   // wished for; m_model is what is open
    std::optional<ModelDescription> m_model;
    std::optional<DeviceReport> m_device;
    std::filesystem::path m_picture; // empty where none is chosen
    int m_class = -1;
    int m_head = 0;
    LimitChoice m_limit;
    LimitChoice m_shownLimit; // the one of m_view
    DisplayChoice m_display;
    std::optional<Range> m_lockedRange;
    ViewResult m_view;
};

} // namespace ocellus
