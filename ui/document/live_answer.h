// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QObject>
#include <QTimer>

#include "ui/document/blur_ranking.h"
#include "ui/document/evidence_book.h"
#include "ui/document/head_worth.h"
#include "ui/document/picture_watch.h"
#include "ui/document/prototype_patch_loader.h"
#include "ui/document/shown_source.h"
#include "ui/engine/engine_controller.h"
#include "ui/figures/explanation.h"
#include "ui/models/limit_choice.h"

namespace ocellus {

class Document;
class Settings;

/// Asks the model for what the document wants, and holds what it answered last, with the key that this was computed
/// for. Choices are asked for at once, edits a moment after the last stroke; the newest request wins.
class LiveAnswer : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive this object.
    LiveAnswer(Document& document, Settings& settings, EngineController& controller, QObject* parent = nullptr);

    /// What was computed last; without a decoding where there is nothing. It stays while another one is on its way,
    /// but not with the picture or the model that it is of.
    const ViewResult& result() const { return m_result; }
    /// The newest picture, which an edit changes before the model is asked; null where there is none.
    const ShownPicture& picture() const { return m_picture; }
    const std::optional<DeviceReport>& device() const { return m_device; }

    /// What the document comes to as it is now. What is not known yet is empty, and equal to no result's.
    ViewKey wantedKey() const;
    /// The same of openModelRequest(): while another model is on its way, that of the one that is open.
    ViewKey openModelKey() const;
    /// The result is not what the document comes to.
    bool isStale() const;
    /// Something was asked for, or will be when the stroke is over.
    bool isBusy() const { return m_controller.isBusy() || m_delay.isActive(); }

    /// Stops what is on its way. Edits, settings and the picture stay, and the result is then out of date; another
    /// model, limit or intervention is taken back. The model before another one comes back at once; where that is
    /// stopped too, it is away.
    void cancel();
    /// The engine may have another model open, or none, than the document: work in the background waits for ask().
    bool isModelAway() const { return m_isModelAway && !m_controller.isBusy(); }
    /// Maps of a source other than the model's own are on their way, see Document::display(): the answer itself is not.
    bool isSourceBusy() const { return m_source.isBusy(); }
    /// They were stopped or have failed: ask() may bring them.
    bool isSourceUnfinished() const { return m_source.isUnfinished(); }
    /// As ShownSource::hold(): for a page that does not show them and wants the engine.
    void holdSource(bool isHeld);
    /// Asks for what is wanted, at once: also after a cancel or a failure.
    void ask();

    /// What the result says of the class that is shown, on the picture that it was computed for: for exports. Empty
    /// where there is none.
    Explanation explanation() const;
    /// The same with the maps of the model's own heads, whatever source is shown.
    Explanation explanationOfHeads() const;
    /// The same on the newest picture: an edit is seen at once, under the maps of before it.
    Explanation explanationOnScreen() const;
    /// Of the picture without its edits, of the same class, layer and style.
    Explanation explanationBefore() const;
    /// Without the limit, where the class has a map in both.
    Explanation explanationOfFull() const;

    /// What was found out about maps, of whatever was shown.
    EvidenceBook& evidence() { return m_evidence; }
    const EvidenceBook& evidence() const { return m_evidence; }
    /// Gives an explanation of the result, of whichever class and source, what the book knows of its maps.
    void addEvidence(Explanation& shown) const;
    EvidenceSubject subjectOf(const Explanation& shown) const; ///< what its maps are of, as the book has it
    /// Of explanation()'s.
    EvidenceSubject evidenceSubject() const;

    /// What prototypes are shown with.
    PrototypePatchLoader& prototypePatches() { return m_patches; }

    EngineController& controller() const { return m_controller; }

signals:
    void deviceChanged();
    void resultChanged(); ///< another one, or none
    void pictureShown();  ///< another picture(), or none
    void staleChanged(bool stale);
    void busyChanged(bool busy);
    void sourceBusyChanged();
    void modelAwayChanged(bool away);
    /// What explanation() and its siblings give: the result, whether it is stale, the class, how it is drawn, or names.
    void explanationChanged();
    void progressed(ocellus::Stage stage, double fraction);
    void failed(const ocellus::Failure& failure);
    void noticed(const QString& text); ///< worth a line in the message bar, but no failure

private:
    void connectDocument();
    void connectController();
    ViewKey keyOf(const ViewRequest& request) const;
    void askLater();
    void takeDevice(const EngineOptions& options, const DeviceReport& report);
    void takeModel(const ModelDescription& model);
    void takePicture(const ShownPicture& picture);
    void takeChangedFile();
    void takeResult(const ViewResult& result);
    void takeFailure(const Failure& failure);
    void takeBackChoices();
    void chooseClass();
    void suggestHead();
    void keepLimit();
    void lockRange();
    void tellExplanation();
    void wantPatches();
    void rankByBlurring();
    void weighHeads();
    void clear();
    void tellState();
    Explanation withState(Explanation explanation) const;

    Document& m_document;
    Settings& m_settings;
    EngineController& m_controller;
    ShownSource m_source;
    BlurRanking m_blurring;
    HeadWorth m_worth;
    EvidenceBook m_evidence;
    SourceTable m_table;
    PictureWatch m_watch;
    PrototypePatchLoader m_patches;
    QTimer m_delay; // between an edit and asking the model
    ViewResult m_result;
    ShownPicture m_picture;   // the result's, or newer: edited, and its maps on their way
    bool m_mayFollow = false; // the prediction, in a picture that the user has just chosen
    LimitChoice m_limit;      // that the result is of
    std::optional<Range> m_lockedRange;
    bool m_isModelAway = false; // or was when what is on its way was asked for
    bool m_wasAway = false;
    bool m_wasStale = false;
    bool m_wasBusy = false;

    // What the wanted key needs and files or the engine tell.
    std::optional<DeviceReport> m_device;
    EngineOptions m_deviceOptions; // those that it was started with
};

/// The class of the highest logit.
int bestClass(const Decoding& decoding);

} // namespace ocellus
