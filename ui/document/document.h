// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QTimer>

#include "ui/document/class_names.h"
#include "ui/document/head_notes.h"
#include "ui/document/picture_editor.h"
#include "ui/document/restored_work.h"
#include "ui/document/settings.h"
#include "ui/engine/engine_controller.h"
#include "ui/engine/picture_finder.h"
#include "ui/engine/prediction_queue.h"
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
    /// The file or folder that names the open model's classes, or will when it is read; empty where its own names or
    /// numbers do.
    std::filesystem::path classTable() const;
    /// For the model that is open or on its way, read in the background. Refused with failed() where the count differs
    /// from the model's; else remembered with the checkpoint.
    void loadClassTable(const std::filesystem::path& path);
    void forgetClassTable();

    // What the user found out about heads.
    HeadNotes& headNotes() { return m_headNotes; }
    const HeadNotes& headNotes() const { return m_headNotes; }

    // Pictures.
    PictureListModel& pictures() { return m_pictures; }
    const PictureListModel& pictures() const { return m_pictures; }
    /// Adds files and folders in the background and chooses the first of them.
    void openPictures(const std::vector<std::filesystem::path>& filesAndFolders);
    /// From the list: its edits stay with the editor, for when it comes back.
    void removePicture(int row);
    /// And chooses it; only chooses one that is in the list already.
    void insertPicture(int row, const ImageFile& file);
    /// Puts other work in the place of what is open. What belongs to a model waits until that is there.
    void restore(const RestoredWork& work);
    int currentPicture() const { return m_pictures.rowOf(m_picture); } ///< -1 where there is none
    void setCurrentPicture(int row);

    // Edits of the pictures. What they change is shown at once, and the model is asked a moment later.
    PictureEditor& editor() { return m_editor; }
    const PictureEditor& editor() const { return m_editor; }
    const QImage& originalPicture() const { return m_shown.original; } ///< null where there is none
    const EditList& editsOfView() const { return m_view.shown.edits; } ///< what the maps belong to
    bool isEdited() const { return !editsOfView().empty(); }

    // What of it is shown.
    int currentClass() const { return m_class; } ///< -1 before the first view
    /// A class that has left the decoder (`drop`) has no map: refused with noticed().
    void setCurrentClass(int classIndex);
    int head() const { return m_head; } ///< from 0; headCount() is the mean
    void setHead(int head);
    const LimitChoice& limit() const { return m_limit; }
    void setLimit(const LimitChoice& limit);
    /// Of the class that is shown; forgotten with another class, picture, edit or limit.
    const AttentionIntervention& intervention() const { return m_intervention; }
    void setIntervention(const AttentionIntervention& intervention);

    // How it is drawn.
    const DisplayChoice& display() const { return m_display; }
    void setDisplay(const DisplayChoice& display);
    void setLayer(int layer); ///< from 0; the nearest that the model has

    // The result.
    /// Null before the first view; of the request before while one is on its way.
    const std::shared_ptr<const Decoding>& decoding() const { return m_view.decoding; }
    const std::shared_ptr<const Decoding>& fullDecoding() const { return m_view.full; } ///< without the limit
    /// The same of the picture without its edits; equal to decoding() where nothing is edited.
    const std::shared_ptr<const Decoding>& beforeDecoding() const { return m_view.before; }
    /// The same before attention was changed by hand; equal to decoding() where it was not.
    const std::shared_ptr<const Decoding>& decodingWithoutIntervention() const { return m_view.withoutIntervention; }
    const std::shared_ptr<const Encoding>& encoding() const { return m_view.encoding; }
    bool isDraft() const { return m_view.isDraft; }
    Size inputSize() const { return m_view.inputSize; }
    /// What pictures are resized to: the model's own sizes where it declares some and the user takes them.
    PreprocessOptions preprocessing() const { return m_model ? wish().preprocessFor(*m_model) : wish().preprocess; }
    bool ignoresExif() const { return wish().decode.ignoreExif; }
    QStringList precisionNotes() const;  ///< "TF32", "half precision"; empty with full float32
    QStringList standingNotices() const; ///< of every view: "untrained", the same, EXIF
    /// What tiles, exports and the read-out show; empty before the first view.
    Explanation explanation() const;
    /// The same of the picture without its edits, of the same class, layer and style.
    Explanation explanationBefore() const;
    /// The same without the limit, where the class has a map in both.
    Explanation explanationOfFull() const;
    /// What the view on the screen was asked for: for work on the same picture, or with another one, in the background.
    ViewRequest request() const;
    EngineController& controller() const { return m_controller; }
    EngineCounters counters() const { return m_view.counters; } ///< when the view was computed
    bool isBusy() const { return m_controller.isBusy(); }
    /// What is shown belongs to an earlier state.
    bool isStale() const { return isBusy() || m_answerTimer.isActive() || m_editFailed; }
    /// Of the pictures in the list.
    PredictionQueue& predictions() { return m_predictions; }
    /// Whether cancel() has something to stop.
    bool isWorking() const { return isBusy() || (!m_predictions.isEmpty() && !m_predictions.isPaused()); }
    /// Stops the request on its way and goes back to what is shown; where there is none, pauses the predictions.
    void cancel();

signals:
    void modelChanged();
    void deviceChanged();
    void classNamesChanged();
    void currentPictureChanged(int row);
    void currentClassChanged(int classIndex);
    void headChanged(int head);
    void limitChanged();
    void interventionChanged();
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
    void showEdits();
    void revert();
    void takeModel(const ModelDescription& model);
    void takePicture(const ShownPicture& picture);
    void takeDraft(const ViewResult& draft);
    void takeView(const ViewResult& view);
    void showView(const ViewResult& view);
    void takeFailure(const Failure& failure);
    void takePrediction(const std::filesystem::path& path, const Prediction& prediction);
    void addFiles(const std::vector<ImageFile>& files);
    void publishClassNames();
    void predict(int firstRow, int lastRow = std::numeric_limits<int>::max());
    void showAs(const DisplayChoice& display);
    void choosePicture(const std::filesystem::path& path);
    void chooseClass(int classIndex);
    void chooseClassOfView(bool anotherPicture);
    void clearView();
    void takeSetting(Setting setting);
    bool isOpen(const ViewRequest& request) const;
    bool isModelOnItsWay() const { return !m_checkpoint.empty() && (!m_model || m_model->path != m_checkpoint); }
    QStringList notices() const;
    Explanation explanationOf(const std::shared_ptr<const Decoding>& decoding, const QImage& picture,
                              Size inputSize) const;
    void dropIntervention();
    void takeWaitingChoices();

    Settings& m_settings;
    EngineController& m_controller;
    PictureFinder m_finder;
    ThumbnailLoader m_thumbnails;
    PredictionQueue m_predictions;
    PictureListModel m_pictures;
    PictureEditor m_editor;
    QTimer m_answerTimer; // runs between an edit and asking the model
    ClassNames m_names;
    HeadNotes m_headNotes;
    std::filesystem::path m_waitingTable; // for the checkpoint that is on its way
    ClassNames::Keep m_waitingKeep = ClassNames::Keep::Remembered;
    std::optional<RestoredWork> m_waiting; // its choices, for the same
    int m_waitingClass = -1;               // for the first view of restored work
    std::filesystem::path m_checkpoint;    // wished for; m_model is what is open
    std::optional<ModelDescription> m_model;
    std::optional<DeviceReport> m_device;
    std::filesystem::path m_picture; // empty where none is chosen
    int m_class = -1;
    int m_head = 0;
    LimitChoice m_limit;
    LimitChoice m_shownLimit; // the one of m_view
    AttentionIntervention m_intervention;
    DisplayChoice m_display;
    std::optional<Range> m_lockedRange;
    ViewResult m_view;
    ShownPicture m_shown;      // what m_view says, or newer: edited, and its maps on their way
    bool m_editFailed = false; // the edits as they are cannot be done
};

/// The class of the highest logit.
int bestClass(const Decoding& decoding);

} // namespace ocellus
