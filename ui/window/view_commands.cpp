// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/view_commands.h"

#include <QApplication>

#include "ui/compare/before_after_view.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/map_kind.h"
#include "ui/document/settings.h"
#include "ui/engine/prediction_queue.h"
#include "ui/tree/tree_panel.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/linked_view.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_pair.h"
#include "ui/widgets/matrix_view.h"
#include "ui/widgets/picture_pair.h"
#include "ui/window/central_view.h"
#include "ui/window/heads_page.h"
#include "ui/window/held_keys.h"

namespace ocellus {

ViewCommands::ViewCommands(Document& document, LiveAnswer& answer, PredictionQueue& predictions, Settings& settings,
                           CentralView& centre, LinkedView& view, WindowActions& actions)
    : QObject(&centre),
      m_document(document),
      m_answer(answer),
      m_predictions(predictions),
      m_settings(settings),
      m_centre(centre),
      m_view(view),
      m_actions(actions),
      m_held(new HeldKeys(centre.window(), view, actions))
{
    connect(m_held, &HeldKeys::changed, this, [this](Command command, bool held) {
        if (command == Command::ShowBefore && held && !m_answer.explanationOnScreen().before)
            emit displayChanged(tr("Nothing is edited: there is nothing before it."));
    });
    connectPictures();
    connectView();
    connectDisplay();
    connect(&answer, &LiveAnswer::resultChanged, this, &ViewCommands::refresh);
    connect(&answer, &LiveAnswer::pictureShown, this, &ViewCommands::refresh);
    connect(&answer, &LiveAnswer::busyChanged, this, &ViewCommands::refresh);
    connect(&answer, &LiveAnswer::staleChanged, this, &ViewCommands::refresh);
    connect(&answer, &LiveAnswer::sourceBusyChanged, this, &ViewCommands::refresh);
    connect(&answer, &LiveAnswer::modelAwayChanged, this, [this](bool away) {
        if (away && !m_predictions.isEmpty())
            m_predictions.setPaused(true); // they go on with the model, when the user wants both
        refresh();
    });
    connect(&document, &Document::modelChanged, this, [this] {
        m_actions.nameMaps(mapKindOf(m_document));
        m_centre.nameMaps(mapKindOf(m_document));
        refresh();
    });
    connect(&document, &Document::headChanged, this, &ViewCommands::refresh);
    connect(&document, &Document::displayChanged, this, &ViewCommands::refresh);
    connect(&document, &Document::currentPictureChanged, this, &ViewCommands::refresh);
    connect(&predictions, &PredictionQueue::changed, this, [this] {
        if (m_answer.isModelAway() && !m_predictions.isPaused() && !m_predictions.isEmpty())
            m_answer.ask();
        m_actions.at(Command::Cancel)->setEnabled(isWorking());
    });
    connect(&centre, &CentralView::pageChanged, this, &ViewCommands::refresh);
    refresh();
}

void ViewCommands::connectPictures()
{
    QAction* follow = m_actions.at(Command::FollowPrediction);
    follow->setChecked(m_settings.boolean(Setting::FollowPrediction));
    connect(follow, &QAction::toggled, this, [this](bool on) { m_settings.setValue(Setting::FollowPrediction, on); });
    QAction* watch = m_actions.at(Command::WatchFolders);
    watch->setChecked(m_settings.boolean(Setting::WatchFolders));
    connect(watch, &QAction::toggled, this, [this](bool on) { m_settings.setValue(Setting::WatchFolders, on); });
    connect(m_actions.at(Command::Cancel), &QAction::triggered, this, &ViewCommands::cancel);
    connect(m_actions.at(Command::AskAgain), &QAction::triggered, &m_answer, &LiveAnswer::ask);
}

void ViewCommands::connectView()
{
    connect(m_actions.at(Command::Fit), &QAction::triggered, this,
            [this] { inZoomed([](auto& view) { view.fit(); }); });
    connect(m_actions.at(Command::ActualPixels), &QAction::triggered, this,
            [this] { inZoomed([](auto& view) { view.showActualPixels(); }); });
    connect(m_actions.at(Command::Enlarge), &QAction::triggered, &m_centre, &CentralView::setEnlarged);
    connect(&m_centre, &CentralView::enlargedChanged, m_actions.at(Command::Enlarge), &QAction::setChecked);
    connect(m_actions.at(Command::ShowField), &QAction::toggled, this, [this](bool on) {
        m_view.setFieldShown(on);
        for (MatrixGrid* grid : m_centre.findChildren<MatrixGrid*>())
            grid->views().setFieldShown(on);
    });
    connect(m_centre.headGrid(), &HeadGrid::headSelected, &m_document, &Document::setHead);
    connect(m_centre.heads()->tree(), &TreePanel::headChosen, &m_document, &Document::setHead);
    connect(m_centre.headGrid(), &HeadGrid::headActivated, this, &ViewCommands::refresh);
    connect(m_actions.heads(), &QActionGroup::triggered, this, [this](const QAction* action) {
        const int position = action->data().toInt();
        m_document.setHead(position == WindowActions::HeadKeys ? m_document.headCount() : position);
    });
}

/// Does it in the view that has the focus, else in the one that the page is about.
template <class Do>
void ViewCommands::inZoomed(Do&& act)
{
    QWidget* const focus = QApplication::focusWidget();
    auto* pictures = qobject_cast<PicturePair*>(focus);
    auto* tile = qobject_cast<MapTile*>(focus);
    if (auto* page = qobject_cast<ComparePage*>(m_centre.currentPage()); page && !pictures && !tile) {
        const MatrixGrid* grid = page->view()->grid();
        if (auto* both = qobject_cast<BeforeAfterView*>(page))
            pictures = both->pictures();
        else if (page->view()->isPaired())
            pictures = page->view()->pair()->pictures();
        else
            tile = grid->chosen() ? grid->tile(*grid->chosen()) : nullptr;
    }
    if (pictures)
        act(*pictures);
    else
        act(tile ? *tile : static_cast<MapTile&>(*m_centre.imageView()));
}

void ViewCommands::connectDisplay()
{
    connect(m_actions.at(Command::LayerUp), &QAction::triggered, this,
            [this] { m_document.setLayer(m_document.display().layer + 1); });
    connect(m_actions.at(Command::LayerDown), &QAction::triggered, this,
            [this] { m_document.setLayer(m_document.display().layer - 1); });
    toggle(Command::Smooth, &MapStyle::smooth);
    toggle(Command::StretchEach, &MapStyle::perMapStretch);
    toggle(Command::Contour, &MapStyle::contour);
    connect(m_actions.at(Command::LockRange), &QAction::triggered, this, [this](bool on) {
        DisplayChoice display = m_document.display();
        display.lockRange = on;
        display.style.perMapStretch = display.style.perMapStretch && !on;
        m_document.setDisplay(display);
        tell(Command::LockRange, on);
    });
    connect(m_actions.at(Command::SortTiles), &QAction::triggered, this, [this](bool on) {
        DisplayChoice display = m_document.display();
        display.sortByRanking = on;
        display.sortByBlurring = display.sortByBlurring && !on;
        display.sortByWorth = display.sortByWorth && !on;
        m_document.setDisplay(display);
        tell(Command::SortTiles, on);
    });
}

void ViewCommands::toggle(Command command, bool MapStyle::*member)
{
    connect(m_actions.at(command), &QAction::triggered, this, [this, command, member](bool on) {
        DisplayChoice display = m_document.display();
        display.style.*member = on;
        display.lockRange = display.lockRange && !display.style.perMapStretch;
        m_document.setDisplay(display);
        tell(command, on);
    });
}

void ViewCommands::tell(Command command, bool on)
{
    const QAction* action = m_actions.at(command);
    const QString what = action->text().remove('&');
    const QString key = action->shortcut().toString(QKeySequence::NativeText);
    emit displayChanged((on ? tr("On: %1. All maps and figures are drawn so until %2 is pressed again.")
                            : tr("Off: %1. %2 switches it on again."))
                            .arg(what, key));
}

/// What the user waits for, else the predictions, which can go on later.
void ViewCommands::cancel()
{
    if (m_answer.isBusy() || m_answer.isSourceBusy())
        m_answer.cancel();
    else if (!m_predictions.isEmpty())
        m_predictions.setPaused(true);
}

bool ViewCommands::isWorking() const
{
    return m_answer.isBusy() || m_answer.isSourceBusy() || (!m_predictions.isEmpty() && !m_predictions.isPaused());
}

void ViewCommands::refresh()
{
    const DisplayChoice& display = m_document.display();
    m_actions.at(Command::Smooth)->setChecked(display.style.smooth);
    m_actions.at(Command::StretchEach)->setChecked(display.style.perMapStretch);
    m_actions.at(Command::Contour)->setChecked(display.style.contour);
    m_actions.at(Command::LockRange)->setChecked(display.lockRange);
    m_actions.at(Command::SortTiles)->setChecked(display.sortByRanking);
    m_actions.at(Command::Enlarge)->setChecked(m_centre.isEnlarged());
    const int heads = m_document.headCount();
    m_actions.setHead(m_document.head(), heads);
    m_actions.setAvailable(
        {m_document.model().has_value(), m_document.currentPicture() >= 0, !m_answer.explanationOnScreen().isEmpty(),
         isWorking(),
         (m_answer.isStale() || m_answer.isModelAway() || m_answer.isSourceUnfinished()) && !m_answer.isBusy(),
         !m_document.model() || m_document.model()->offer.hasLogits},
        heads);
}

} // namespace ocellus
