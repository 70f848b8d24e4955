// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tour.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "core/edit/mask_file.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/picture_list_filler.h"
#include "ui/tour/tour_panel.h"
#include "ui/widgets/linked_view.h"

namespace ocellus {

Tour::Tour(Document& document, LiveAnswer& answer, PictureListFiller& pictures, LinkedView& view, Settings& settings,
           TourPanel& panel, std::filesystem::path sample)
    : m_document(document),
      m_answer(answer),
      m_pictures(pictures),
      m_view(view),
      m_settings(settings),
      m_panel(panel),
      m_folder(std::move(sample))
{
    connect(&panel, &TourPanel::nextClicked, this, &Tour::goOn);
    connect(&panel, &TourPanel::backClicked, this, &Tour::goBack);
    connect(&panel, &TourPanel::closeClicked, this, &Tour::leave);
    connect(&document, &Document::modelChanged, this, &Tour::scheduleAdvance);
    connect(&document, &Document::currentPictureChanged, this, &Tour::scheduleAdvance);
    connect(&answer, &LiveAnswer::resultChanged, this, &Tour::scheduleAdvance);
    connect(&answer, &LiveAnswer::busyChanged, this, &Tour::scheduleAdvance);
    connect(&document, &Document::limitChanged, this, &Tour::scheduleAdvance);
    const auto fail = [this](const Failure& failure) {
        if (m_state == State::Going)
            getStuck(summary(failure));
    };
    connect(&document, &Document::failed, this, fail);
    connect(&answer, &LiveAnswer::failed, this, fail);
    connect(&pictures, &PictureListFiller::failed, this, fail);
}

void Tour::offer()
{
    if (m_settings.boolean(Setting::TourAnswered))
        return;
    try {
        findSample(m_folder);
    } catch (const Error&) {
        return;
    }
    m_state = State::Offered;
    m_panel.showPage(
        {tr("New here? A short tour shows what the maps mean."), {}, tr("Start the to&ur"), tr("&No, thanks")});
}

void Tour::start()
{
    m_settings.setValue(Setting::TourAnswered, true);
    m_mayReplace = false;
    m_step = 0;
    try {
        m_sample = findSample(m_folder);
        enter(0);
    } catch (...) {
        m_sample.reset();
        const Failure failure = failureOf(Step::Model, std::current_exception());
        getStuck(summary(failure) + QLatin1Char('\n') + failure.wayOut);
    }
    m_panel.focusNext();
}

void Tour::goOn()
{
    const int last = static_cast<int>(tourSteps().size()) - 1;
    switch (m_state) {
    case State::Offered: start(); break;
    case State::Asking:
        m_mayReplace = true;
        enter(m_step);
        break;
    case State::There:
        if (m_step == last)
            leave();
        else
            enter(m_step + 1);
        break;
    case State::Stuck:
        if (m_sample)
            enter(m_step);
        else
            start();
        break;
    case State::Off:
    case State::Going: break;
    }
}

void Tour::goBack()
{
    if (isRunning() && m_step > 0)
        enter(m_step - 1);
}

void Tour::leave()
{
    m_settings.setValue(Setting::TourAnswered, true);
    // A limit that the tour has set would surprise whoever goes on alone.
    const bool ownLimit = m_ownLimit && isSample(m_document.checkpoint()) && m_document.limit() == *m_ownLimit;
    m_state = State::Off;
    m_panel.hide();
    m_ownLimit.reset();
    if (ownLimit)
        m_document.setLimit({});
}

void Tour::enter(int step)
{
    m_step = step;
    m_requested.clear();
    const std::filesystem::path& open = m_document.checkpoint();
    if (!open.empty() && !isSample(open) && !m_mayReplace) {
        ask();
        return;
    }
    m_state = State::Going;
    showPage(tr("One moment…"), tr("Ne&xt"));
    scheduleAdvance();
}

void Tour::ask()
{
    m_state = State::Asking;
    showPage(tr("The tour needs the sample model in place of %1. Your pictures stay in the list, and File, Recent "
                "Checkpoints brings your model back.")
                 .arg(QString::fromStdString(m_document.checkpoint().filename().string())),
             tr("Open the sample"));
}

void Tour::scheduleAdvance()
{
    if (m_state != State::Going && m_state != State::There)
        return;
    // One change of the document announces itself several times.
    if (std::exchange(m_advanceScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &Tour::advance, Qt::QueuedConnection);
}

void Tour::advance()
{
    m_advanceScheduled = false;
    if (m_state != State::Going && m_state != State::There)
        return;
    if (m_state == State::Going && m_answer.isBusy())
        return;
    try {
        const std::optional<Need> need = firstNeed();
        if (m_state == State::There)
            m_panel.setNote(need ? tr("Something else is shown by now. Next and Back put it right.") : remark());
        else if (need)
            request(*need);
        else
            show();
    } catch (...) {
        getStuck(summary(failureOf(Step::Explain, std::current_exception())));
    }
}

std::optional<Tour::Need> Tour::firstNeed()
{
    if (!m_document.model() || !isSample(m_document.model()->path) || !isSample(m_document.checkpoint()))
        return Need::Model;
    m_scene = tourScene(*m_sample, m_document.classNames().table());
    const int row = m_document.currentPicture();
    if (row < 0 || m_document.pictures().path(row) != picture())
        return Need::Picture;
    if (!isLimitRight())
        return Need::Limit;
    return m_answer.result().decoding ? std::nullopt : std::optional(Need::View);
}

void Tour::request(Need need)
{
    const int row = need == Need::Picture ? m_document.pictures().rowOf(picture()) : -1;
    if (!m_requested.insert(need).second) {
        // The search for a picture's file goes on in the background, and says so by no signal.
        if (need != Need::Picture || row >= 0)
            getStuck(tr("This step was interrupted."));
        return;
    }
    switch (need) {
    case Need::Model:
    case Need::View: m_document.openCheckpoint(m_sample->model); break;
    case Need::Picture:
        if (row >= 0)
            m_document.setCurrentPicture(row);
        else
            m_pictures.open({picture(), m_sample->pictures});
        break;
    case Need::Limit:
        m_document.setLimit(limit());
        m_ownLimit = limit();
        break;
    }
    scheduleAdvance();
}

void Tour::show()
{
    m_document.setLayer(m_document.layerCount() - 1);
    const Decoding& decoding = *m_answer.result().decoding;
    const int subject = step().subject == TourStep::Subject::Species ? m_scene->species : bestClass(decoding);
    m_document.setCurrentClass(subject);
    const TourFacts facts = factsOfView();
    m_document.setHead(facts.chosen().head);
    const Point peak = m_answer.explanationOfHeads().geometry.centre(facts.chosen().peak);
    if (step().subject == TourStep::Subject::Species)
        m_view.placeCrosshair({peak.x, peak.y});
    else
        m_view.clearCrosshair();
    m_state = State::There;
    m_mayReplace = false;
    const bool isLast = m_step + 1 == static_cast<int>(tourSteps().size());
    showPage(facts.fill(tr(step().text)), isLast ? tr("Finish") : tr("Ne&xt"));
    m_panel.setNote(remark());
    emit placeReached(step().place);
}

/// The document shows one of the scene's pictures.
TourFacts Tour::factsOfView() const
{
    const Explanation shown = m_answer.explanationOfHeads();
    const CellsNear mark = cellsNearMark(shown.geometry, readMask(m_scene->pair.mask, shown.geometry.pictureSize()));
    return {m_document, m_answer, *m_scene,
            headAtMark(*m_answer.result().decoding, shown.layer, m_document.currentClass(), mark)};
}

/// What came of what the step asks for; empty where nothing has been done yet.
QString Tour::remark() const
{
    const bool isEdited = m_answer.result().isEdited();
    const QString said = m_document.classNames().name(bestClass(*m_answer.result().decoding));
    const bool isOther = bestClass(*m_answer.result().decoding) != m_scene->species;
    switch (step().task) {
    case TourStep::Task::None:
        return isEdited && step().subject == TourStep::Subject::Species
                   ? tr("You have edited this picture: Undo (Ctrl+Z) brings back what it was.")
                   : QString();
    case TourStep::Task::TakeOff:
        if (!isEdited)
            return {};
        return isOther ? tr("Now the model says %1. The mark made the difference!").arg(said)
                       : tr("The model still says %1. Is the whole mark gone, on both wings?").arg(said);
    case TourStep::Task::PaintElsewhere:
        return isEdited ? tr("Now the model says %1.").arg(said) : tr("Take the mark off first: Back shows how.");
    }
    return {};
}

void Tour::getStuck(const QString& why)
{
    m_state = State::Stuck;
    showPage(why, tr("Tr&y again"));
}

void Tour::showPage(const QString& text, const QString& next)
{
    m_panel.showPage({tr("Tour, step %1 of %2: %3").arg(m_step + 1).arg(tourSteps().size()).arg(tr(step().title)), text,
                      next, tr("Close"), m_step > 0});
}

LimitChoice Tour::limit() const
{
    if (!step().limited)
        return {};
    return {LimitChoice::Kind::Zero, QList<int>(m_scene->ring.begin(), m_scene->ring.end())};
}

bool Tour::isLimitRight() const
{
    const LimitChoice& now = m_document.limit();
    // Checked classes that have no effect may stay.
    return step().limited ? now == limit() : now.kind == LimitChoice::Kind::All || now.active.isEmpty();
}

bool Tour::isSample(const std::filesystem::path& checkpoint) const
{
    std::error_code ignored; // what is not there is not the sample
    return m_sample && std::filesystem::equivalent(checkpoint, m_sample->model, ignored);
}

} // namespace ocellus
