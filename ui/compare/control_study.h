// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <QObject>

#include "core/engine/view_key.h"
#include "ui/compare/control_record.h"
#include "ui/compare/control_run.h"
#include "ui/compare/controls_panel.h"

namespace ocellus {

class Document;
class LiveAnswer;

/// Lets a ControlsPanel ask about the document's edits: the selected one, or the last.
///
/// What was found stays, of each picture and edit, until other controls of the same edit are there or their edit has
/// gone; the panel shows what is of the shown picture. A run goes on while another picture is shown.
class ControlStudy : public QObject {
    Q_OBJECT

public:
    /// Both must outlive this.
    ControlStudy(Document& document, LiveAnswer& answer, ControlsPanel& panel, QObject* parent = nullptr);

    /// What was found, and why that is not of its picture as it is now: empty where it is.
    struct Known {
        ControlResult result;
        QString outOfDate;
    };
    /// Of all pictures, the newest last.
    std::vector<Known> known() const;

    /// For a session's file: what is chosen, and what was found. A JSON object; empty where that is nothing.
    std::string kept() const;
    /// The other way, in the place of what there is; an empty text leaves what is chosen and nothing found. What cannot
    /// be read is told by failed(), and nothing of it is shown.
    void restore(const std::string& kept);

signals:
    void keptChanged();                ///< what was found
    void noticed(const QString& text); ///< a run ended before its time, or found nothing
    void failed(const ocellus::Failure& failure);

private:
    void showEdit();
    void start();
    void takeFound(const ControlRun::Found& found);
    /// Stops a run whose picture is not any more what it is about, and shows what is known of the shown one.
    void followDocument();
    void showBest();
    int bestRecord() const;
    /// Why the result that is shown is not of what the document shows; empty where it is, and without one.
    QString outOfDate() const;
    /// The same of any of them beside its own picture, shown or not.
    QString changeSince(const std::filesystem::path& picture, const ViewKey& key) const;
    ViewKey keyOfNow() const;
    /// -1 where no edit can be set among controls; `whyNot` is then told.
    int editIndex(QString& whyNot) const;

    Document& m_document;
    LiveAnswer& m_answer;
    ControlsPanel& m_panel;
    ControlRun m_run;
    ControlChoices m_firstChoices;
    ControlRecord m_asked;                ///< what the run is about, with its words, told when it was started
    std::vector<ControlRecord> m_records; ///< the newest last
    int m_shown = -1;                     ///< which of them; -1: none
};

} // namespace ocellus
