// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QTimer>
#include <QToolButton>

class QAction;

namespace ocellus {

/// A message with a way out that lies over the lower edge of its parent and moves nothing there; hidden until there is
/// one. It goes by itself when there was time to read it: time counts while the window is used and neither the mouse
/// nor the keyboard is on the message.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Info, Warning, Error };

    explicit MessageBar(QWidget* parent);

    /// Replaces the message shown before. `wayOut` is offered as a button and stays the caller's.
    void showMessage(Kind kind, const QString& text, QAction* wayOut = nullptr);

    /// Hides the message where it is this one.
    void withdraw(const QString& text);

    QString text() const { return m_text->text(); }

    /// Whether it goes by itself; at first it does.
    void setPassing(bool passing);
    static int readingTime(Kind kind, const QString& text); ///< in milliseconds

signals:
    void closed(); ///< by the user

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void applyColours();
    void place();
    void passOn();

    QLabel* m_icon;
    QLabel* m_text;
    QToolButton* m_wayOut;
    QToolButton* m_close;
    QTimer* m_time;
    Kind m_kind = Kind::Info;
    bool m_isPassing = true;
};

} // namespace ocellus
