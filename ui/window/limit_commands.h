// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QList>
#include <QObject>

#include "core/analysis/confused_pairs.h"
#include "ui/engine/failure.h"
#include "ui/files/file_dialogs.h"

class QAction;

namespace ocellus {

class Document;

/// Limits that are chosen by what is known of classes: the genus of the class that is shown, a list in a text file, or
/// what an evaluation found it confused with.
class LimitCommands : public QObject {
    Q_OBJECT

public:
    /// `window` is the parent of the dialog and of this. The document must outlive it.
    LimitCommands(Document& document, AskForFiles ask, QWidget* window);

    /// For the menus of limits.
    const QList<QAction*>& actions() const { return m_actions; }
    /// Of the open model, most often first; until another one is opened.
    void setConfusions(const std::vector<ConfusedPair>& pairs);

signals:
    void failed(const ocellus::Failure& failure);

private:
    QAction* makeAction(const QString& text, const QString& toolTip, void (LimitCommands::*slot)());
    void limitToGenus();
    void chooseList();
    void limitToConfused();
    std::vector<int> confused() const;
    void limitTo(const std::vector<int>& classes);
    void updateActions();

    Document& m_document;
    AskForFiles m_ask;
    QWidget* m_window;
    QList<QAction*> m_actions;
    QAction* m_genus;
    QAction* m_list;
    QAction* m_confused;
    std::vector<ConfusedPair> m_confusions;
};

} // namespace ocellus
