// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <vector>

#include <QObject>
#include <QTimer>

#include "core/session/journal.h"
#include "ui/document/document.h"

namespace ocellus {

/// Writes what happens to a document into its journal, as it happens.
class JournalKeeper : public QObject {
    Q_OBJECT

public:
    /// Nothing is written before begin(). `document` and `settings` must outlive the keeper.
    JournalKeeper(Document& document, Settings& settings, std::filesystem::path folder, QObject* parent = nullptr);
    /// The journal stays where it is: whoever closes in peace calls discard().
    ~JournalKeeper() override;

    /// What becomes of the journal of before when the new one is on the disk.
    enum class Before { Discarded, PutAway };

    /// A new journal in the place of the one before. `fill` brings the document to the state that the journal begins
    /// with, and is given where its histories may put their past. `whenSafe` is called on another thread when the
    /// beginning is on the disk, or is not needed any more.
    void begin(const JournalStart& start, Before before,
               const std::function<void(const std::shared_ptr<StepStore>&)>& fill, std::function<void()> whenSafe = {});
    /// Pictures of the session that are not in the document's list, in addition to those.
    void setAbsent(std::vector<FileReference> pictures) { m_absent = std::move(pictures); }
    /// The document is on its way to what the journal began with: what it shows up to then is nobody's choice.
    void setOnItsWay(bool isOnItsWay);

    void recordEvidence(const std::filesystem::path& picture, const StoredEvidence& evidence);
    void recordFindings(const SessionFindings& findings);
    void recordNotes(const std::vector<HeadNote>& notes);
    void recordFile(const std::filesystem::path& sessionFile);
    void recordSaved(const std::filesystem::path& sessionFile);
    /// `then` is called on another thread, when all that has happened is written or was tried in vain.
    void whenWritten(std::function<void()> then);

    void discard();
    /// Into the folder of work that is not wanted now.
    void putAway();
    std::filesystem::path awayFolder() const;

signals:
    /// The journal cannot be written: work goes on without.
    void failed(const ocellus::Failure& failure);

private:
    void record(JournalChange change);
    void recordEdits();
    void recordPictures();
    void recordModel();
    void recordInput();
    void recordByHand(const std::filesystem::path& picture);
    void recordAllByHand();
    void recordView();
    void touch(const std::filesystem::path& picture);
    void connectEditor();
    void connectChoices();

    Document& m_document;
    Settings& m_settings;
    std::filesystem::path m_folder;
    std::shared_ptr<Journal> m_journal;
    std::vector<FileReference> m_absent;
    std::set<std::filesystem::path> m_touched; // edited since the last record
    ModelChange m_model;                       // as recorded
    bool m_isOnItsWay = false;
    bool m_recording = false;
    QTimer m_viewTimer; // choices change in quick succession, and only the last one counts
};

} // namespace ocellus
