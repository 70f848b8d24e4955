// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>

class QLabel;
class QPushButton;

namespace ocellus {

/// One page of the tour at a time: a heading, a text, and what can be done next; hidden until there is one.
class TourPanel : public QFrame {
    Q_OBJECT

public:
    struct Page {
        QString heading;
        QString text;  ///< may be empty
        QString next;  ///< of the button that goes on
        QString close; ///< of the button that ends it
        bool hasBack = false;
    };

    explicit TourPanel(QWidget* parent = nullptr);

    void showPage(const Page& page);
    /// One more line under the text; empty for none.
    void setNote(const QString& note);
    /// So that the keyboard goes on from here.
    void focusNext();

    QString heading() const;
    QString text() const;
    QString note() const;

signals:
    void backClicked();
    void nextClicked();
    void closeClicked();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildLayout();
    void applyColours();

    QLabel* m_heading;
    QLabel* m_text;
    QLabel* m_note;
    QPushButton* m_back;
    QPushButton* m_next;
    QPushButton* m_close;
};

} // namespace ocellus
