// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/own_species/own_species_steps.h"

#include <QAbstractButton>
#include <QAction>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QTabBar>
#include <QTest>
#include <QToolBar>

#include "ui/dataset/dataset_document.h"
#include "ui/main_window.h"
#include "ui/training/run_pane.h"
#include "ui/training/training_page.h"
#include "ui/window/central_view.h"
#include "ui/window/species_pages.h"
#include "ui/window/workspaces.h"

namespace ocellus {

SpeciesPages& OwnSpeciesSteps::pages() const
{
    return *m_window.findChild<SpeciesPages*>();
}

TrainingPage& OwnSpeciesSteps::training() const
{
    return *pages().training();
}

const TrainingRun* OwnSpeciesSteps::run() const
{
    return training().pane()->run();
}

QPlainTextEdit* OwnSpeciesSteps::command() const
{
    for (auto* edit : training().findChildren<QPlainTextEdit*>())
        if (edit->accessibleName() == QLatin1String("Options of the run"))
            return edit;
    return nullptr;
}

QAbstractButton* OwnSpeciesSteps::button(const QString& text) const
{
    for (auto* button : m_window.findChildren<QAbstractButton*>())
        if (button->isVisible() && QString(button->text()).remove('&') == text)
            return button;
    return nullptr;
}

bool OwnSpeciesSteps::isExamined() const
{
    const DatasetDocument& data = pages().data();
    return data.work() == DatasetDocument::Work::None && !data.examination().pictures.empty();
}

bool OwnSpeciesSteps::click(QWidget* widget)
{
    if (!widget || !widget->isVisible() || !widget->isEnabled())
        return false;
    // A choice takes clicks on its mark and words alone, which lie on the left.
    const bool isChoice = qobject_cast<QRadioButton*>(widget);
    QTest::mouseClick(widget, Qt::LeftButton, {}, isChoice ? QPoint(10, widget->height() / 2) : QPoint());
    ++m_clicks;
    return true;
}

bool OwnSpeciesSteps::clickButton(const QString& text)
{
    return click(button(text));
}

bool OwnSpeciesSteps::clickWorkspace()
{
    for (QAction* action : m_window.workspaces().actions())
        if (action->objectName() == QLatin1String("workspace species"))
            return click(m_window.findChild<QToolBar*>(QStringLiteral("workspaces"))->widgetForAction(action));
    return false;
}

bool OwnSpeciesSteps::clickTab(const QString& title)
{
    for (auto* tabs : m_window.centre().findChildren<QTabBar*>())
        for (int i = 0; tabs->isVisible() && i < tabs->count(); ++i)
            if (tabs->tabText(i) == title) {
                QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(i).center());
                ++m_clicks;
                return true;
            }
    return false;
}

void OwnSpeciesSteps::show()
{
    m_window.workspaces().show(WorkspaceId::Species);
    m_window.workspaces().showPage(&training());
}

} // namespace ocellus
