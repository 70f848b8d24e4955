// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include <QObject>

#include "core/engine/view_key.h"
#include "ui/compare/control_run.h"
#include "ui/compare/controls_panel.h"

namespace ocellus {

class Document;
class LiveAnswer;

/// Lets a ControlsPanel ask about the document's edits: the selected one, or the last.
class ControlStudy : public QObject {
    Q_OBJECT

public:
    /// Both must outlive this.
    ControlStudy(Document& document, LiveAnswer& answer, ControlsPanel& panel, QObject* parent = nullptr);

    /// For a session's file: what is chosen, and what was found. A JSON object; empty where that is nothing.
    std::string kept() const;
    /// The other way, in the place of what there is; an empty text leaves what is chosen and nothing found. What cannot
    /// be read is told by failed(), and nothing of it is shown.
    void restore(const std::string& kept);

signals:
    void keptChanged(); ///< what was found
    void failed(const ocellus::Failure& failure);

private:
    void showEdit();
    void start();
    void takeFound(const ControlRun::Found& found);
    /// Why the result that is shown is not of what the document shows; empty where it is, and without one.
    QString outOfDate() const;
    /// Nothing more is learnt about what is shown, and what was learnt may be out of date.
    void followDocument();
    ViewKey keyOfNow() const;
    /// -1 where no edit can be set among controls; `whyNot` is then told.
    int editIndex(QString& whyNot) const;

    Document& m_document;
    LiveAnswer& m_answer;
    ControlsPanel& m_panel;
    ControlRun m_run;
    ControlChoices m_firstChoices;
    ControlResult m_words;           ///< of the run, told when it was started
    std::filesystem::path m_picture; ///< that the run, or its result, is about
    ViewKey m_key;                   ///< the same
};

} // namespace ocellus
