// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/evidence/curve_frames.h"
#include "ui/evidence/evidence_book.h"
#include "ui/evidence/evidence_run.h"
#include "ui/evidence/sanity_study.h"
#include "ui/figures/map_standing.h"

namespace ocellus {

class Document;
class EvidencePanel;
class LiveAnswer;
class Settings;
struct Explanation;

/// Lets an EvidencePanel ask about the maps that are shown, and keeps what was found in a book.
class EvidenceStudy : public QObject {
    Q_OBJECT

public:
    /// All must outlive this.
    EvidenceStudy(Document& document, LiveAnswer& answer, Settings& settings, EvidencePanel& panel,
                  QObject* parent = nullptr);

    EvidenceBook& book() { return m_book; }
    const EvidenceRun& run() const { return m_run; }
    SanityStudy& sanity() { return m_sanity; }
    /// What the maps that are shown are of.
    EvidenceSubject subject() const;

    /// How tests are done from now on; where controls lie is the panel's to say.
    void setRecipes(const CoverRecipe& cover, const CurveRecipe& curves);

    /// Of the maps of that explanation, which is the answer's: of heads, then of their mean.
    std::vector<MapStanding> standings(const Explanation& shown) const;

    /// What the heads of the shown class are worth; empty where that is not known, or not of the last layer.
    std::vector<float> importance() const;

    void start(); ///< tests what is shown, unless whyNot() says something
    void cancel() { m_run.cancel(); }

signals:
    void failed(const ocellus::Failure& failure);
    void standingsChanged();  ///< of the same maps: more is known of them
    void importanceChanged(); ///< also with what is shown

private:
    void show();
    void showSoon();
    void showRun();
    void weighHeads();
    void tellImportance();
    void take(const EvidenceRequest& request, const EvidenceMap& map, const Finding& finding);
    void showSanity();
    void connectSanity();
    void checkModel();
    void askForFrames(EvidenceTest test);
    EvidenceRequest request() const;
    EvidenceMap shownMap() const;
    void addPointing(EvidenceSheet& sheet) const;
    std::vector<std::filesystem::path> sanityPictures() const;
    QString whyNot() const;

    Document& m_document;
    LiveAnswer& m_answer;
    EvidencePanel& m_panel;
    CoverRecipe m_cover;
    CurveRecipe m_curves;
    EvidenceBook m_book;
    EvidenceRun m_run;
    CurveFrames m_frames;
    SanityStudy m_sanity;
    /// What heads of the last layer are worth: milliseconds, so that nobody has to ask.
    struct Importance {
        EvidenceSubject subject;
        std::vector<float> ofHeads;
    };

    BatchRun m_importanceRun;
    Importance m_importance; ///< known, or on its way
    std::vector<float> m_toldImportance;
    bool m_isShowing = false; ///< soon
};

} // namespace ocellus
