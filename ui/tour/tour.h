// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <set>

#include <QObject>

#include "ui/models/limit_choice.h"
#include "ui/tour/tour_facts.h"
#include "ui/tour/tour_step.h"

namespace ocellus {

class Document;
class LinkedView;
class LiveAnswer;
class PictureListFiller;
class Settings;
class TourPanel;

/// Leads through the sample: brings the document to what each step needs, and tells what is there then.
///
/// Steps ask for what they lack, so it does not matter what the user did in between. Another model is replaced only
/// after a question. What a step asks the user to do is not done for him: a line says what came of it.
class Tour : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive this object. `sample` is the folder of findSample().
    Tour(Document& document, LiveAnswer& answer, PictureListFiller& pictures, LinkedView& view, Settings& settings,
         TourPanel& panel, std::filesystem::path sample);

    /// A line that offers the tour, where there is a sample and the user has not answered yet.
    void offer();
    void start();

    bool isRunning() const { return m_state != State::Off && m_state != State::Offered; }
    /// The step, from 0, when the window shows what it speaks of; -1 on the way there and outside the tour.
    int shownStep() const { return m_state == State::There ? m_step : -1; }

signals:
    void placeReached(ocellus::TourStep::Place place); ///< a part of the window that must be seen

private:
    enum class State { Off, Offered, Asking, Going, There, Stuck };
    enum class Need { Model, Picture, Limit, View };

    void goOn();
    void goBack();
    void leave();
    void enter(int step);
    void ask();
    void scheduleAdvance();
    void advance();
    std::optional<Need> firstNeed();
    void request(Need need);
    void show();
    TourFacts factsOfView() const;
    QString remark() const;
    void getStuck(const QString& why);
    void showPage(const QString& text, const QString& next);

    const TourStep& step() const { return tourSteps()[static_cast<std::size_t>(m_step)]; }
    const std::filesystem::path& picture() const { return m_sample->pairs.front().original; }
    LimitChoice limit() const;
    bool isLimitRight() const;
    bool isSample(const std::filesystem::path& checkpoint) const;

    Document& m_document;
    LiveAnswer& m_answer;
    PictureListFiller& m_pictures;
    LinkedView& m_view;
    Settings& m_settings;
    TourPanel& m_panel;
    std::filesystem::path m_folder;
    std::optional<Sample> m_sample;
    std::optional<TourScene> m_scene;
    State m_state = State::Off;
    int m_step = 0;
    std::optional<LimitChoice> m_ownLimit; // the last that the tour has set
    bool m_mayReplace = false;             // the model that is open
    std::set<Need> m_requested;
    bool m_advanceScheduled = false;
};

} // namespace ocellus
