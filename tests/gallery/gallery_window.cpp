// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gallery/gallery_window.h"

#include <algorithm>

#include <QApplication>
#include <QTest>

#include "ui/compare/compare_page.h"
#include "ui/document/setting_groups.h"
#include "ui/engine/prediction_queue.h"
#include "ui/style/theme.h"
#include "ui/window/central_view.h"

namespace ocellus {

namespace {

constexpr int patience = 180'000; // ms; other programs may be at work

bool isOnItsWay(const MatrixCell& cell)
{
    return cell.caption.contains(QStringLiteral("is being explained")) ||
           (cell.tile && cell.tile->words.startsWith(QStringLiteral("On its way")));
}

/// Pages compute what they compare in threads of their own.
bool isOnItsWay(const QWidget* page)
{
    const auto* comparison = qobject_cast<const ComparePage*>(page);
    const auto matrix = comparison ? comparison->matrix() : std::nullopt;
    return matrix && std::ranges::any_of(matrix->rows, [](const MatrixRow& row) {
               return std::ranges::any_of(row.cells, [](const MatrixCell& cell) { return isOnItsWay(cell); });
           });
}

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
    constexpr int drawing = 700; // ms
    QTest::qWait(drawing);       // until the page has begun
    if (!QTest::qWaitFor([this] { return !isOnItsWay(m_window->centre().currentPage()); }, patience))
        qFatal("the page does not come to rest");
    QTest::qWait(drawing);
}

} // namespace ocellus
