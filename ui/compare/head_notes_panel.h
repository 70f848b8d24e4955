// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include "core/session/session.h"

class QPushButton;
class QTableWidget;
class QTableWidgetItem;

namespace ocellus {

class Document;

/// The notes on the open model's heads: to read, change, go to and take away.
class HeadNotesPanel : public QWidget {
    Q_OBJECT

public:
    /// `document` must outlive the panel.
    explicit HeadNotesPanel(Document& document, QWidget* parent = nullptr);

    /// Asks for the note on a head of a class in a small dialog, whose default is the note that there is.
    void ask(int classIndex, int head);

private:
    void fill();
    void take(const QTableWidgetItem* item);
    void goTo(int row);
    void remove();
    void updateButtons();
    QString className(int classIndex) const;

    Document& m_document;
    std::vector<HeadNote> m_notes; ///< by row
    QTableWidget* m_table;
    QPushButton* m_add;
    QPushButton* m_remove;
    bool m_filling = false;
};

} // namespace ocellus
