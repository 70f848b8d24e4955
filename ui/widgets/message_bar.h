// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QToolButton>

class QAction;

namespace ocellus {

/// A message in its place above what it concerns, with a way out; hidden until there is one.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Info, Warning, Error };

    explicit MessageBar(QWidget* parent = nullptr);

    /// Replaces the message shown before. `wayOut` is offered as a button and stays the caller's.
    void showMessage(Kind kind, const QString& text, QAction* wayOut = nullptr);

    /// Hides the message where it is this one.
    void withdraw(const QString& text);

    QString text() const { return m_text->text(); }

signals:
    void closed(); ///< by the user

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void applyColours();

    QLabel* m_icon;
    QLabel* m_text;
    QToolButton* m_wayOut;
    QToolButton* m_close;
    Kind m_kind = Kind::Info;
};

} // namespace ocellus
