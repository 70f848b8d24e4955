// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QWidget>

#include "core/session/session.h"

class QPushButton;
class QTableWidget;
class QTableWidgetItem;

namespace ocellus {

class Document;
class LiveAnswer;

/// The notes on the open model's heads: to read, change, go to and take away.
class HeadNotesPanel : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive the panel. Without an answer there are no notes on a tree's nodes.
    explicit HeadNotesPanel(Document& document, QWidget* parent = nullptr, const LiveAnswer* answer = nullptr);

    /// Asks for the note on a head of a class in a small dialog, whose default is the note that there is.
    void ask(int classIndex, int head);

private:
    void fill();
    void take(const QTableWidgetItem* item);
    void goTo(int row);
    void remove();
    void updateButtons();
    QString className(int classIndex) const;
    bool areNodes() const;
    HeadNote subjectOf(int classIndex, int head) const;
    std::optional<int> headOf(const HeadNote& note) const;

    Document& m_document;
    const LiveAnswer* m_answer;
    std::vector<HeadNote> m_notes; ///< by row
    QTableWidget* m_table;
    QPushButton* m_add;
    QPushButton* m_remove;
    bool m_filling = false;
};

} // namespace ocellus
