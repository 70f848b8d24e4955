// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;

namespace ocellus {

class ImageView;
class LinkedView;
class Settings;
struct Explanation;

/// The large view in a window of its own, for a second screen: it zooms, moves and points along with the first. It
/// closes with the main window and comes back where it was.
class SecondView : public QWidget {
    Q_OBJECT

public:
    /// `toggle` opens and closes it; it takes the main window's commands along by `actions`. All must outlive it.
    SecondView(LinkedView& view, Settings& settings, QAction* toggle, const QList<QAction*>& actions, QWidget* window);

    /// Hidden it keeps what it will show.
    void setExplanation(const Explanation& explanation, int head);
    ImageView* imageView() const { return m_image; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void open();

    Settings& m_settings;
    QAction* m_toggle;
    ImageView* m_image;
    bool m_hasBeenOpen = false;
};

} // namespace ocellus
