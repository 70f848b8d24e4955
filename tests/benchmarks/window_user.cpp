// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/window_user.h"

#include <optional>

#include <QApplication>
#include <QColorDialog>
#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <QWheelEvent>

#include "ui/edit_panel/colour_button.h"
#include "ui/edit_panel/edit_panel.h"
#include "ui/tools/painting.h"
#include "ui/widgets/image_view.h"
#include "ui/window/central_view.h"
#include "ui/window/workspaces.h"

namespace ocellus {

namespace {

constexpr int patience = 120'000; // ms; other programs may be at work
const QSize windowSize(1600, 960);
constexpr int apart = 8;  // two clicks that are meant to be two corners, in units of the view
constexpr int closer = 2; // steps of the wheel: twice as large

template <class Condition>
void waitFor(const char* what, Condition condition)
{
    if (!QTest::qWaitFor(condition, patience))
        qFatal("%s did not come", what);
}

} // namespace

WindowUser::WindowUser(const std::filesystem::path& checkpoint)
{
    m_settings.setValue(Setting::TourAnswered, true);
    const AskForFiles nobody = [](QWidget*, const FileQuestion&, const auto& answer) { answer({}); };
    m_window = std::make_unique<MainWindow>(m_settings, nobody);
    m_window->resize(windowSize);
    m_window->show();
    if (!QTest::qWaitForWindowActive(m_window.get()))
        qFatal("the window does not open");
    if (checkpoint.empty()) {
        m_window->open({});
        waitFor("the sample", [this] { return document().model() && answer().result().decoding; });
        waitForAnswer();
        return;
    }
    m_window->open({checkpoint});
    waitFor("the model", [this] { return document().model() && !answer().isBusy(); });
}

ImageView& WindowUser::view() const
{
    return *m_window->centre().imageView();
}

QPoint WindowUser::placeOf(Point point) const
{
    const QPoint place = view().pictureTransform().toDevice(point).toPoint();
    if (!view().rect().contains(place))
        qFatal("the hand leaves the picture");
    return place;
}

void WindowUser::open(const std::filesystem::path& picture)
{
    m_window->open({picture});
    waitFor("the picture", [&] { return document().editor().picture() == picture && document().editor().isReady(); });
    waitForAnswer();
}

void WindowUser::waitForAnswer()
{
    waitFor("the answer",
            [this] { return answer().result().decoding && !answer().isStale() && !answer().result().isDraft; });
    // What the window does with it comes by the event queue.
    QApplication::processEvents();
}

void WindowUser::clickOn(QAbstractButton& button)
{
    if (!button.isVisible() || !button.isEnabled())
        qFatal("“%s” cannot be clicked", qPrintable(button.text()));
    ++m_clicks;
    QTest::mouseClick(&button, Qt::LeftButton, {}, button.rect().center());
}

void WindowUser::turnTo(WorkspaceId workspace)
{
    const QAction* action = m_window->workspaces().actions().at(static_cast<int>(workspace));
    for (auto* button : m_window->findChildren<QToolButton*>())
        if (button->defaultAction() == action && button->isVisible()) {
            clickOn(*button);
            QApplication::processEvents();
            return;
        }
    qFatal("there is no button that turns to “%s”", qPrintable(action->text()));
}

void WindowUser::chooseFromMenu(QWidget& widget, QPoint at, const QString& entry)
{
    ++m_clicks;
    QTest::mousePress(&widget, Qt::RightButton, {}, at); // which chooses a row
    QContextMenuEvent asked(QContextMenuEvent::Mouse, at, widget.mapToGlobal(at));
    QCoreApplication::sendEvent(&widget, &asked);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    if (!menu)
        qFatal("nothing is offered");
    for (QAction* action : menu->actions())
        if (action->text().remove('&').startsWith(entry)) {
            ++m_clicks;
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            QApplication::processEvents();
            return;
        }
    qFatal("“%s” is not offered", qPrintable(entry));
}

void WindowUser::takeTool(ToolKind kind)
{
    const auto* bar = m_window->findChild<QToolBar*>(QStringLiteral("paintingTools"));
    if (!bar->isVisible())
        turnTo(WorkspaceId::Edit);
    clickOn(*qobject_cast<QAbstractButton*>(bar->widgetForAction(m_window->painting().tools().at(kind))));
    QApplication::processEvents();
}

void WindowUser::setBrush(double size)
{
    ToolOptions options = m_window->painting().tools().options();
    options.size = size;
    m_window->painting().tools().setOptions(options);
}

void WindowUser::moveTo(Point point, Qt::KeyboardModifiers modifiers, Qt::MouseButtons held) const
{
    const QPointF place(placeOf(point));
    QMouseEvent event(QEvent::MouseMove, place, view().mapToGlobal(place), Qt::NoButton, held, modifiers);
    QCoreApplication::sendEvent(&view(), &event);
    QApplication::processEvents();
}

void WindowUser::drag(const std::vector<Point>& points, Qt::KeyboardModifiers modifiers)
{
    ++m_clicks;
    moveTo(points.front(), modifiers, Qt::NoButton);
    QTest::mousePress(&view(), Qt::LeftButton, modifiers, placeOf(points.front()));
    for (const Point& point : points)
        moveTo(point, modifiers, Qt::LeftButton);
}

void WindowUser::release(Point point, Qt::KeyboardModifiers modifiers)
{
    QTest::mouseRelease(&view(), Qt::LeftButton, modifiers, placeOf(point));
}

void WindowUser::turnWheel(Point at, int steps) const
{
    const QPointF place(placeOf(at));
    QWheelEvent event(place, view().mapToGlobal(place), {}, {0, 120 * steps}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&view(), &event);
    QApplication::processEvents();
}

void WindowUser::goAround(const std::vector<Point>& corners, Qt::KeyboardModifiers modifiers)
{
    Point centre;
    for (const Point& corner : corners) {
        centre.x += corner.x / static_cast<double>(corners.size());
        centre.y += corner.y / static_cast<double>(corners.size());
    }
    turnWheel(centre, closer);
    outline(corners, modifiers);
    turnWheel(centre, -closer);
}

void WindowUser::outline(const std::vector<Point>& corners, Qt::KeyboardModifiers modifiers)
{
    if (m_window->painting().tools().kind() != ToolKind::Polygon) {
        drag(corners, modifiers);
        release(corners.back(), modifiers);
        return;
    }
    const QPoint first = placeOf(corners.front());
    std::optional<QPoint> last;
    for (const Point& corner : corners) {
        // A click on the first or the last corner would close the polygon.
        const QPoint place = placeOf(corner);
        if (last && ((place - *last).manhattanLength() < apart || (place - first).manhattanLength() < apart))
            continue;
        last = place;
        moveTo(corner, modifiers, Qt::NoButton);
        ++m_clicks;
        QTest::mouseClick(&view(), Qt::LeftButton, modifiers, place);
    }
    ++m_clicks;
    QTest::mouseClick(&view(), Qt::LeftButton, modifiers, placeOf(corners.front()));
}

void WindowUser::click(const QString& button)
{
    QApplication::processEvents(); // what was made a moment ago appears
    auto* panel = m_window->findChild<EditPanel*>();
    for (auto* found : panel->findChildren<QAbstractButton*>())
        if (found->isVisible() && (found->objectName() == button || found->text() == button)) {
            panel->ensureWidgetVisible(found);
            QApplication::processEvents();
            clickOn(*found);
            return;
        }
    qFatal("the edit panel has no “%s”", qPrintable(button));
}

void WindowUser::undo()
{
    for (const auto* bar : m_window->findChildren<QToolBar*>())
        for (QAction* action : bar->actions())
            if (action->shortcut() == QKeySequence(QStringLiteral("Ctrl+Z"))) {
                clickOn(*qobject_cast<QAbstractButton*>(bar->widgetForAction(action)));
                waitForAnswer();
                return;
            }
    qFatal("there is no button that undoes");
}

void WindowUser::chooseColour(const QColor& colour)
{
    QApplication::processEvents();
    click(m_window->findChild<EditPanel*>()->findChild<ColourButton*>()->text());
    auto* dialog = m_window->findChild<QColorDialog*>();
    if (!dialog || !QTest::qWaitForWindowExposed(dialog))
        qFatal("no dialog asks for the colour");
    for (auto* field : dialog->findChildren<QLineEdit*>())
        if (field->text().startsWith('#')) {
            field->selectAll();
            QTest::keyClicks(field, colour.name());
        }
    if (dialog->currentColor() != colour)
        qFatal("the dialog does not take %s", qPrintable(colour.name()));
    clickOn(*dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok));
    waitFor("the end of the dialog", [this] { return !m_window->findChild<QColorDialog*>(); });
}

} // namespace ocellus
