// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/view_commands.h"

#include <QCoreApplication>
#include <QKeyEvent>

#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/settings.h"
#include "ui/engine/prediction_queue.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/linked_view.h"
#include "ui/window/central_view.h"

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
      m_actions(actions)
{
    connectPictures();
    connectView();
    connectDisplay();
    connect(&answer, &LiveAnswer::resultChanged, this, &ViewCommands::refresh);
    connect(&answer, &LiveAnswer::pictureShown, this, &ViewCommands::refresh);
    connect(&answer, &LiveAnswer::busyChanged, this, &ViewCommands::refresh);
    connect(&answer, &LiveAnswer::staleChanged, this, &ViewCommands::refresh);
    connect(&document, &Document::modelChanged, this, &ViewCommands::refresh);
    connect(&document, &Document::headChanged, this, &ViewCommands::refresh);
    connect(&document, &Document::displayChanged, this, &ViewCommands::refresh);
    connect(&document, &Document::currentPictureChanged, this, &ViewCommands::refresh);
    connect(&predictions, &PredictionQueue::changed, this,
            [this] { m_actions.at(Command::Cancel)->setEnabled(isWorking()); });
    // The key's release goes to whatever has the focus.
    QCoreApplication::instance()->installEventFilter(this);
    refresh();
}

void ViewCommands::connectPictures()
{
    QAction* follow = m_actions.at(Command::FollowPrediction);
    follow->setChecked(m_settings.boolean(Setting::FollowPrediction));
    connect(follow, &QAction::toggled, this, [this](bool on) { m_settings.setValue(Setting::FollowPrediction, on); });
    connect(m_actions.at(Command::Cancel), &QAction::triggered, this, &ViewCommands::cancel);
    connect(m_actions.at(Command::AskAgain), &QAction::triggered, &m_answer, &LiveAnswer::ask);
}

void ViewCommands::connectView()
{
    connect(m_actions.at(Command::Fit), &QAction::triggered, m_centre.imageView(), &MapTile::fit);
    connect(m_actions.at(Command::ActualPixels), &QAction::triggered, m_centre.imageView(), &MapTile::showActualPixels);
    connect(m_actions.at(Command::Enlarge), &QAction::triggered, &m_centre, &CentralView::setEnlarged);
    connect(&m_centre, &CentralView::enlargedChanged, m_actions.at(Command::Enlarge), &QAction::setChecked);
    connect(m_actions.at(Command::HideMaps), &QAction::triggered, this, [this] { m_view.setOverlayVisible(false); });
    connect(m_actions.at(Command::ShowField), &QAction::toggled, &m_view, &LinkedView::setFieldShown);
    connect(m_centre.headGrid(), &HeadGrid::headSelected, &m_document, &Document::setHead);
    connect(m_centre.headGrid(), &HeadGrid::headActivated, this, &ViewCommands::refresh);
    connect(m_actions.heads(), &QActionGroup::triggered, this, [this](const QAction* action) {
        const int position = action->data().toInt();
        m_document.setHead(position == WindowActions::HeadKeys ? m_document.headCount() : position);
    });
}

bool ViewCommands::eventFilter(QObject* watched, QEvent* event)
{
    const bool released = event->type() == QEvent::KeyRelease && static_cast<QKeyEvent*>(event)->key() == Qt::Key_H &&
                          !static_cast<QKeyEvent*>(event)->isAutoRepeat();
    // A release in another window never comes here.
    if (released || event->type() == QEvent::ApplicationDeactivate)
        m_view.setOverlayVisible(true);
    return QObject::eventFilter(watched, event);
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
    if (m_answer.isBusy())
        m_answer.cancel();
    else if (!m_predictions.isEmpty())
        m_predictions.setPaused(true);
}

bool ViewCommands::isWorking() const
{
    return m_answer.isBusy() || (!m_predictions.isEmpty() && !m_predictions.isPaused());
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
    m_actions.setAvailable({m_document.model().has_value(), m_document.currentPicture() >= 0,
                            !m_answer.explanationOnScreen().isEmpty(), isWorking(),
                            m_answer.isStale() && !m_answer.isBusy()},
                           heads);
}

} // namespace ocellus
