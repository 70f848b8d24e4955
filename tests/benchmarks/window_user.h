// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include <QAbstractButton>
#include <QColor>
#include <QTemporaryDir>

#include "core/image/geometry.h"
#include "ui/main_window.h"
#include "ui/tools/tool_box.h"
#include "ui/window/workspace.h"

namespace ocellus {

class ImageView;

/// Works the real window over the sample as a person would: by mouse and keyboard on what is seen. Ends the program,
/// with words, where something cannot be clicked or does not come.
class WindowUser {
public:
    /// A window with settings of its own and this model, which is open until the end; without one, with what the
    /// program starts with by itself: the sample.
    explicit WindowUser(const std::filesystem::path& checkpoint = {});

    /// As if the picture were dropped on the window; waits for the answer.
    void open(const std::filesystem::path& picture);

    /// By its button at the top.
    void turnTo(WorkspaceId workspace);
    /// By its button beside the picture; turns to Edit first where that is not seen.
    void takeTool(ToolKind kind);
    /// With the right button, then the entry of the menu.
    void chooseFromMenu(QWidget& widget, QPoint at, const QString& entry);
    /// With the lasso or the polygon, whichever is in hand, after a closer look. In picture coordinates.
    void goAround(const std::vector<Point>& corners, Qt::KeyboardModifiers modifiers = {});
    void setBrush(double size); ///< pixels of the picture
    /// Presses the mouse and drags it along; in picture coordinates.
    void drag(const std::vector<Point>& points, Qt::KeyboardModifiers modifiers = {});
    void release(Point point, Qt::KeyboardModifiers modifiers = {});

    /// The edit panel's button with this object name, or this text.
    void click(const QString& button);
    void clickOn(QAbstractButton& button);
    /// How often a button of the mouse went down, drags too, since this was asked last.
    int clicks() { return std::exchange(m_clicks, 0); }
    /// For the selected edit, in its dialog.
    void chooseColour(const QColor& colour);

    /// By its button; waits for the answer.
    void undo();

    void waitForAnswer();

    Document& document() { return m_window->document(); }
    LiveAnswer& answer() { return m_window->answer(); }
    MainWindow& window() { return *m_window; }

private:
    ImageView& view() const;
    QPoint placeOf(Point point) const;
    void turnWheel(Point at, int steps) const;
    void outline(const std::vector<Point>& corners, Qt::KeyboardModifiers modifiers);
    void moveTo(Point point, Qt::KeyboardModifiers modifiers, Qt::MouseButtons held) const;

    QTemporaryDir m_folder;
    Settings m_settings{m_folder.filePath(QStringLiteral("settings.ini"))};
    std::unique_ptr<MainWindow> m_window;
    int m_clicks = 0;
};

} // namespace ocellus
