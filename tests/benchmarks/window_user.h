// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include <QAbstractButton>
#include <QColor>
#include <QTemporaryDir>

#include "core/image/geometry.h"
#include "ui/main_window.h"
#include "ui/tools/tool_box.h"

namespace ocellus {

class ImageView;

/// Works the real window over the sample as a person would: by mouse and keyboard on what is seen. Ends the program,
/// with words, where something cannot be clicked or does not come.
class WindowUser {
public:
    /// A window with settings of its own and this model, which is open until the end.
    explicit WindowUser(const std::filesystem::path& checkpoint);

    /// As if the picture were dropped on the window; waits for the answer.
    void open(const std::filesystem::path& picture);

    /// By its button beside the picture.
    void takeTool(ToolKind kind);
    /// With the lasso or the polygon, whichever is in hand, after a closer look. In picture coordinates.
    void goAround(const std::vector<Point>& corners, Qt::KeyboardModifiers modifiers = {});
    void setBrush(double size); ///< pixels of the picture
    /// Presses the mouse and drags it along; in picture coordinates.
    void drag(const std::vector<Point>& points, Qt::KeyboardModifiers modifiers = {});
    void release(Point point, Qt::KeyboardModifiers modifiers = {});

    /// The edit panel's button with this object name, or this text.
    void click(const QString& button);
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
    static void clickOn(QAbstractButton& button);

    QTemporaryDir m_folder;
    Settings m_settings{m_folder.filePath(QStringLiteral("settings.ini"))};
    std::unique_ptr<MainWindow> m_window;
};

} // namespace ocellus
