// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include <QAbstractItemView>
#include <QApplication>
#include <QTest>
#include <QToolBar>

#include "core/data/sample.h"
#include "core/edit/mask_file.h"
#include "tests/benchmarks/window_user.h"
#include "ui/compare/class_comparison.h"
#include "ui/compare/controls_panel.h"
#include "ui/compare/effects_panel.h"
#include "ui/models/menu_subject.h"
#include "ui/panels/classes_panel.h"
#include "ui/style/window_style.h"
#include "ui/widgets/head_grid.h"
#include "ui/window/central_view.h"
#include "ui/window/installed_sample.h"
#include "ui/window/workspaces.h"

using namespace ocellus;

namespace {

constexpr int patience = 300'000; // ms: controls ask the model twenty times

/// What was done by 0ea9558, before the workspaces, as counted in its sources: Heads, tabs of views above it, all docks
/// around it. Two species: the tab Classes (and the two fields of "Add a class" for one's own choice). Mark: lasso, its
/// line, Inpaint, the dock Controls, Draw controls. Figure: its button, Save.
constexpr int similarBefore = 1, ownBefore = 3, markBefore = 5, figureBefore = 2;

void expect(bool holds, const char* what)
{
    if (!holds)
        qFatal("%s did not come", what);
}

void print(const char* what, int before, int now)
{
    std::printf("%-62s %6d %6d\n", what, before, now);
    std::fflush(stdout);
}

/// A row of the class list that is not the shown class.
QPoint anotherClass(const QAbstractItemView& list, int shown)
{
    for (int row = 0; row < list.model()->rowCount(); ++row) {
        const QModelIndex index = list.model()->index(row, 0);
        if (subjectOf(index).classIndex != shown)
            return list.visualRect(index).center();
    }
    return {};
}

void compareSimilar()
{
    WindowUser user;
    user.turnTo(WorkspaceId::Compare);
    const auto* page = user.window().findChild<ClassComparison*>();
    expect(QTest::qWaitFor([page] { return page->isVisible() && page->classes().size() == 2; }, patience),
           "the comparison");
    print("two species compared: the shown one and the most similar", similarBefore, user.clicks());
}

void compareOwn()
{
    WindowUser user;
    QAbstractItemView* list = user.window().findChild<ClassesPanel*>()->list();
    const QPoint other = anotherClass(*list, user.document().currentClass());
    user.chooseFromMenu(*list->viewport(), other, QStringLiteral("Compare with "));
    const auto* page = user.window().findChild<ClassComparison*>();
    expect(page->isVisible() && page->classes().size() == 2, "the comparison");
    print("two species compared: the shown one and another", ownBefore, user.clicks());
}

void waitForControls(WindowUser& user)
{
    const auto* panel = user.window().findChild<ControlsPanel*>();
    expect(QTest::qWaitFor([panel] { return !panel->result().isEmpty(); }, patience), "the verdict of the controls");
}

void askForControls(WindowUser& user)
{
    user.waitForAnswer();
    auto* effects = user.window().findChild<EffectsPanel*>();
    auto* button = effects->findChild<QAbstractButton*>(QStringLiteral("controls"));
    expect(QTest::qWaitFor([button] { return button->isVisible(); }, patience), "what the edit changed");
    user.clickOn(*button);
    waitForControls(user);
}

void judgeMark(const Sample& sample)
{
    WindowUser user;
    const PixelBox box = readMask(sample.pairs.front().mask, user.document().editor().pictureSize()).box();
    const double left = box.left - 3.0, top = box.top - 3.0, right = box.right() + 3.0, bottom = box.bottom() + 3.0;
    user.takeTool(ToolKind::Lasso);
    // As it is seen: both wings' marks are in the picture's middle, and a closer look would leave one out.
    const std::vector<Point> line{{left, top}, {right, top}, {right, bottom}, {left, bottom}, {left, top}};
    user.drag(line);
    user.release(line.back());
    user.click(QStringLiteral("inpaint"));
    askForControls(user);
    print("a mark gone around, removed, and judged with controls", markBefore, user.clicks());
}

void judgeHead()
{
    WindowUser user;
    MapTile* tile = user.window().centre().headGrid()->tiles()[static_cast<std::size_t>(user.document().head())];
    user.chooseFromMenu(*tile, tile->rect().center(), QStringLiteral("Erase what this map shows"));
    expect(QTest::qWaitFor([&user] { return user.document().editor().hasEdits(); }, patience), "the edit");
    user.waitForAnswer();
    user.turnTo(WorkspaceId::Experiment);
    auto* panel = user.window().findChild<ControlsPanel*>();
    for (auto* button : panel->findChildren<QAbstractButton*>())
        if (button->text().remove('&') == QLatin1String("Draw controls"))
            user.clickOn(*button);
    waitForControls(user);
    print("what a head looks at removed, and judged with controls", markBefore, user.clicks());
}

void saveFigure()
{
    WindowUser user;
    const QAction* action = user.window().actions().at(Command::ExportFigure);
    for (const auto* bar : user.window().findChildren<QToolBar*>())
        if (auto* button = qobject_cast<QAbstractButton*>(bar->widgetForAction(const_cast<QAction*>(action)));
            button && button->isVisible())
            user.clickOn(*button);
    // The file's name is proposed: Save is the second click.
    print("a figure saved", figureBefore, user.clicks() + 1);
}

} // namespace

/// Does three things in the real window, from its start, with the mouse alone, and prints how often that was pressed.
int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle(new WindowStyle);
    std::printf("%-62s %6s %6s\n", "clicks and drags", "before", "now");
    compareSimilar();
    compareOwn();
    judgeMark(findSample(installedSample()));
    judgeHead();
    saveFigure();
    return 0;
}
