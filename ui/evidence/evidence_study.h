// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/document/evidence_book.h"
#include "ui/evidence/curve_frames.h"
#include "ui/evidence/evidence_panel.h"
#include "ui/evidence/evidence_run.h"
#include "ui/evidence/known_regions.h"
#include "ui/evidence/sanity_study.h"

namespace ocellus {

class Document;
class LiveAnswer;
class Settings;
struct Explanation;

/// Lets an EvidencePanel ask about the maps that are shown, whatever makes them; what is found goes into the answer's
/// book.
class EvidenceStudy : public QObject {
    Q_OBJECT

public:
    /// All must outlive this.
    EvidenceStudy(Document& document, LiveAnswer& answer, Settings& settings, EvidencePanel& panel,
                  QObject* parent = nullptr);

    EvidenceBook& book();
    const EvidenceRun& run() const { return m_run; }
    SanityStudy& sanity() { return m_sanity; }
    /// What the maps that are shown are of.
    EvidenceSubject subject() const;
    /// What is shown, and with its evidence what the panel, where it is visible, tells of the known part.
    Explanation explanationWithPart() const;

    /// How tests are done from now on; where controls lie is the panel's to say.
    void setRecipes(const CoverRecipe& cover, const CurveRecipe& curves);

    void start(); ///< tests what is shown, unless whyNot() says something
    void cancel() { m_run.cancel(); }

signals:
    void failed(const ocellus::Failure& failure);

private:
    void show();
    EvidencePanel::Content contentOf(const Explanation& shown) const;
    void showSoon();
    void showRun();
    void take(const EvidenceRequest& request, const EvidenceMap& map, const Finding& finding);
    void showSanity();
    void connectSanity();
    void checkModel();
    void askForFrames(EvidenceTest test);
    EvidenceRequest request() const;
    EvidenceMap shownMap(const Explanation& shown) const;
    void addGroundTruth(const Explanation& shown, EvidencePanel::Content& content) const;
    std::vector<std::filesystem::path> sanityPictures() const;
    QString whyNot(const Explanation& shown) const;
    bool asksWholeModel(const Explanation& shown) const;

    Document& m_document;
    LiveAnswer& m_answer;
    EvidencePanel& m_panel;
    SourceTable m_table;
    CoverRecipe m_cover;
    CurveRecipe m_curves;
    EvidenceRun m_run;
    CurveFrames m_frames;
    SanityStudy m_sanity;
    KnownRegions m_regions;
    bool m_isShowing = false; ///< soon
};

} // namespace ocellus
