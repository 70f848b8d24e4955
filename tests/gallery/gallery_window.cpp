// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gallery/gallery_window.h"

#include <QApplication>
#include <QTest>

#include "ui/document/setting_groups.h"
#include "ui/engine/prediction_queue.h"
#include "ui/style/theme.h"

namespace ocellus {

namespace {

constexpr int patience = 180'000; // ms; other programs may be at work

} // namespace

GalleryWindow::GalleryWindow(Theme theme)
{
    SettingsValues values = settingsValues(m_settings);
    values.theme = theme;
    keep(m_settings, values);
    m_settings.setValue(Setting::TourAnswered, true);
    const AskForFiles nobody = [](QWidget*, const FileQuestion&, const auto& answer) { answer({}); };
    m_window = std::make_unique<MainWindow>(m_settings, nobody);
    m_window->show();
    if (!QTest::qWaitForWindowActive(m_window.get()))
        qFatal("the window does not open");
}

void GalleryWindow::open(const std::vector<std::filesystem::path>& files)
{
    m_window->open(files);
    settle();
}

void GalleryWindow::settle()
{
    // What was asked a moment ago is begun at the next turn of the event loop.
    QApplication::processEvents();
    const auto isIdle = [this] {
        return !m_window->answer().isBusy() && !m_window->answer().result().isDraft &&
               m_window->pictures().predictions().isEmpty();
    };
    if (!QTest::qWaitFor(isIdle, patience))
        qFatal("the window does not come to rest");
    // Pages compute what they compare in threads of their own.
    constexpr int drawing = 1500; // ms
    QTest::qWait(drawing);
}

} // namespace ocellus
