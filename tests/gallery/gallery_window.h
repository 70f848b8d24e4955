// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include <QTemporaryDir>

#include "ui/main_window.h"
#include "ui/models/settings_values.h"

namespace ocellus {

/// A window with settings of its own, which waits until all that was asked for is drawn. Ends the program, with words,
/// where that does not come.
class GalleryWindow {
public:
    explicit GalleryWindow(Theme theme);

    /// As if the files were dropped on the window.
    void open(const std::vector<std::filesystem::path>& files);
    /// Until the model has answered, all pictures are classified and nothing is left to draw.
    void settle();

    MainWindow& operator*() { return *m_window; }
    MainWindow* operator->() { return m_window.get(); }

private:
    QTemporaryDir m_folder;
    Settings m_settings{m_folder.filePath(QStringLiteral("settings.ini"))};
    std::unique_ptr<MainWindow> m_window;
};

} // namespace ocellus
