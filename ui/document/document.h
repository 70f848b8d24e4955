// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include <QObject>

#include "ui/document/class_names.h"
#include "ui/document/head_notes.h"
#include "ui/document/intervention_book.h"
#include "ui/document/picture_editor.h"
#include "ui/document/restored_work.h"
#include "ui/document/settings.h"
#include "ui/engine/view_request.h"
#include "ui/models/display_choice.h"
#include "ui/models/limit_choice.h"
#include "ui/models/picture_list_model.h"

namespace ocellus {

/// What the user works on, as values: model, class names, pictures with their edits, and the choice of picture, class,
/// head, limit and display. Asks nobody: LiveAnswer asks the model for what request() says.
class Document : public QObject {
    Q_OBJECT

public:
    explicit Document(Settings& settings, QObject* parent = nullptr);

    // The model.
    void openCheckpoint(const std::filesystem::path& path);
    const std::optional<ModelDescription>& model() const { return m_model; }
    /// Open or on its way; empty where there is none.
    const std::filesystem::path& checkpoint() const { return m_checkpoint; }
    bool isModelOnItsWay() const
    {
        return !m_checkpoint.empty() && (!m_model || m_model->path != m_checkpoint || m_model->given != m_given);
    }
    /// What is said of that checkpoint, over what its file tells. Another checkpoint begins without.
    const ModelSettings& given() const { return m_given; }
    void setGiven(const ModelSettings& given);
    int classCount() const { return m_model ? m_model->offer.classes : 0; }
    int layerCount() const { return m_model ? m_model->offer.layers : 0; }
    int headCount() const { return m_model ? m_model->offer.heads : 0; }
    /// What the checkpoint turned out to be; one that is no longer wanted is passed over.
    void takeModel(const ModelDescription& model);
    /// Back to the model that is open: a click asks for another one again.
    void giveUpModel();
    /// Back to a limit that was answered, and to what was taken away by hand there before it was changed and not
    /// answered.
    void takeBack(const LimitChoice& limit);

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
    /// Chooses the first of them.
    void addPictures(const std::vector<ImageFile>& files);
    /// From the list: its edits stay with the editor, for when it comes back.
    void removePicture(int row);
    /// And chooses it; only chooses one that is in the list already.
    void insertPicture(int row, const ImageFile& file);
    /// Puts other work in the place of what is open. What belongs to a model waits until that is there.
    void restore(const RestoredWork& work);
    /// The current picture's file was written by another program: what was chosen on its maps is dropped, and the model
    /// is to be asked again.
    void takeChangedFile();
    /// Which pixels a file holds, as it is read now: what was chosen on the maps of others is dropped.
    void takeContent(const std::filesystem::path& picture, const ContentKey& content);
    /// As takeContent() was told last, as ViewKey has it; empty where that was of another file, or read otherwise.
    ContentKey contentOf(const std::filesystem::path& picture, const DecodeOptions& decode) const;
    int currentPicture() const { return m_pictures.rowOf(m_picture); } ///< -1 where there is none
    void setCurrentPicture(int row);

    // Edits of the pictures.
    PictureEditor& editor() { return m_editor; }
    const PictureEditor& editor() const { return m_editor; }
    /// Of the current picture's, as ViewKey has it.
    const ContentKey& editsKey() const { return m_edits; }

    // What of it is shown.
    int currentClass() const { return m_class; } ///< -1 before the first view
    /// A class that has left the decoder (`drop`) has no map: refused with noticed().
    void setCurrentClass(int classIndex);
    int head() const { return m_head; } ///< from 0; headCount() is the mean
    void setHead(int head);
    /// Shows it until setHead() has chosen one of this model's.
    void suggestHead(int head);
    const LimitChoice& limit() const { return m_limit; }
    void setLimit(const LimitChoice& limit);
    /// Of the class that is shown. Another class, picture, edit, limit, input size or model has its own, and this one
    /// is there again when one comes back.
    const AttentionIntervention& intervention() const { return m_interventions.wish(); }
    void setIntervention(const AttentionIntervention& intervention);
    /// The model has answered it: a cancel goes back to it.
    void confirm(const AttentionIntervention& intervention) { m_interventions.confirm(intervention); }
    /// The model has refused what had come back with its place: it is given up. False where nothing had.
    bool giveUpIntervention();
    const InterventionBook& interventions() const { return m_interventions; }
    /// What a model reads pictures with now, and which it is.
    InterventionModel interventionModel(const std::string& sha256, const ModelSettings& given) const;
    /// Puts what was taken away in a picture back, as that model has it.
    void restoreInterventions(const InterventionModel& model, const std::filesystem::path& picture,
                              const std::vector<StoredIntervention>& byHand);

    // How it is drawn.
    const DisplayChoice& display() const { return m_display; }
    void setDisplay(const DisplayChoice& display);
    void setLayer(int layer); ///< from 0; the nearest that the model has

    // The figure for a paper; none: as it was last made, in any work.
    const std::optional<PlateOptions>& figure() const { return m_figure; }
    void setFigure(const std::optional<PlateOptions>& figure);

    /// All that numbers depend on, as it is now.
    ViewRequest request() const;

signals:
    void modelChanged();
    void classNamesChanged();
    void restoring(); ///< other work is about to come in the place of what is open
    void currentPictureChanged(int row);
    void pictureFileChanged(int row); ///< of the current one, by another program
    void currentClassChanged(int classIndex);
    void headChanged(int head);
    void limitChanged();
    void interventionChosen(const ocellus::AttentionIntervention& before); ///< by setIntervention()
    void interventionChanged();                                            ///< after each of the others, and taken back
    void interventionDropped(); ///< also where there was none: what one says of cells does not hold any more
    void interventionsKept(const std::filesystem::path& picture); ///< what interventions() has of it is another
    void displayChanged();
    void figureChanged();
    /// Another model, picture, limit, intervention or setting: the model is to be asked. Edits tell of themselves.
    void requestChanged();
    void failed(const ocellus::Failure& failure);
    void noticed(const QString& text); ///< worth a line in the message bar, but no failure

private:
    void publishClassNames();
    void showAs(const DisplayChoice& display);
    void choosePicture(const std::filesystem::path& path);
    void chooseClass(int classIndex);
    void showHead(int head);
    void takeSetting(Setting setting);
    bool recallIntervention();
    ContentKey content() const { return contentOf(m_picture, request().decode); }
    void takeEdits();
    void takeWaitingTable();
    void takeWaitingChoices();

    Settings& m_settings;
    PictureListModel m_pictures;
    PictureEditor m_editor;
    ClassNames m_names;
    HeadNotes m_headNotes;
    std::filesystem::path m_waitingTable; // for the checkpoint that is on its way
    ClassNames::Keep m_waitingKeep = ClassNames::Keep::Remembered;
    std::optional<RestoredWork> m_waiting; // its choices, for the same
    std::filesystem::path m_checkpoint;    // wanted; m_model is what is open
    ModelSettings m_given;                 // of the wanted one
    std::optional<ModelDescription> m_model;
    std::filesystem::path m_picture; // empty where none is chosen
    int m_class = -1;
    int m_head = 0;
    bool m_isHeadChosen = false; // else it is a suggestion
    LimitChoice m_limit;
    InterventionBook m_interventions;
    ContentKey m_edits; // masks are not hashed each time that somebody asks
    struct Content {
        std::filesystem::path picture;
        DecodeOptions decode;
        ContentKey key;
    };
    Content m_content;
    DisplayChoice m_display;
    std::optional<PlateOptions> m_figure;
};

} // namespace ocellus
