// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>

#include "core/base/latest_wins_queue.h"
#include "core/session/lost_work.h"
#include "core/session/session_files.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/session/evidence_keeper.h"
#include "ui/session/journal_keeper.h"
#include "ui/session/result_log.h"

namespace ocellus {

class FileHashes;

/// The work in the window as a session: the file that it is in, whether that holds all of it, and what was lost before.
///
/// Files are read, hashed and written on a thread of its own.
class SessionWork : public QObject {
    Q_OBJECT

public:
    /// `recovery` is the folder of the journals; the one of work that was discarded lies beside it. All of them must
    /// outlive the work.
    SessionWork(Document& document, LiveAnswer& answer, Settings& settings, std::filesystem::path recovery,
                QObject* parent = nullptr);
    ~SessionWork() override;

    const std::filesystem::path& file() const { return m_file; } ///< empty before the first save
    /// Edits, what was taken away by hand, or notes, and of a session also its pictures, model, class names, limit and
    /// input.
    bool isUnsaved() const { return m_unsaved; }
    /// A file is being written.
    bool isSaving() const { return m_saving > 0; }
    /// The file was made with another model than the one that is open.
    bool isOfAnotherModel() const;

    /// What saving asks for the window's layout, as base64.
    void setLayoutSource(std::function<std::string()> layout) { m_layout = std::move(layout); }

    /// What is found out about maps belongs to the work from now on. `book` must outlive it.
    void keepEvidence(EvidenceBook& book);

    /// What was found out about edits belongs to the work from now on, as `findings` says it.
    void keepFindings(std::function<SessionFindings()> findings) { m_findings = std::move(findings); }
    /// They have changed, for good: a run that goes on is told of at its end.
    void noteFindings();

    /// Numbers that were shown, with the edits of now; without findings.
    Session session() const;

    /// As ResultLog::earlier(), of the session's pictures.
    std::vector<StoredResult> earlierResults(const Session& session) const;

    /// session() with the numbers of the session that was opened, as far as they still hold; `then` is called now or
    /// later, or never where other work has come in its place.
    void collect(std::function<void(const Session&)> then);

    /// Answered by saved() or savingFailed(). What is changed before that is unsaved then.
    void save(const std::filesystem::path& file);
    /// In the place of what is open, which is put away where it is unsaved. Where files are not as they were,
    /// filesMissing() asks what to do.
    void open(const std::filesystem::path& file);

    // Answers to filesMissing().
    void lookForFilesIn(const std::filesystem::path& folder);
    /// Without class table and pictures, which stay in the session unseen; not without the model.
    void openWithoutMissing();
    void giveUpOpening();

    /// Answered by lostWorkFound(), or not at all.
    void findLostWork();
    /// Answered by discardedWorkFound(), in any case.
    void findDiscardedWork();
    void restore(LostWork work);
    /// To the discarded work, from which it can be restored.
    void putAway(LostWork work);

    /// All is saved: the journal is not needed any more.
    void finish();
    /// The work is not wanted: its journal goes to the discarded work.
    void giveUp();
    /// `then` is called on another thread, when all that has happened is in the journal.
    void whenJournalled(std::function<void()> then) { m_journal.whenWritten(std::move(then)); }

signals:
    void fileChanged();
    void unsavedChanged(bool unsaved);
    void layoutRestored(const QByteArray& base64);
    /// In the place of those that there are; before opened().
    void findingsRestored(const ocellus::SessionFindings& findings);
    /// `unreadable` are files of the session that could not be read: it has them as they were last known.
    void saved(const std::filesystem::path& file, const std::vector<std::filesystem::path>& unreadable);
    void savingFailed(const ocellus::Failure& failure);
    void opened(const std::filesystem::path& file);
    void filesMissing(const std::vector<ocellus::SessionFile>& files);
    void lostWorkFound(const std::vector<ocellus::LostWork>& work);
    void discardedWorkFound(const std::vector<ocellus::LostWork>& work);
    void failed(const ocellus::Failure& failure);

private:
    /// On its way into the window.
    struct Incoming {
        Session session;
        std::vector<SessionPicture> absent; ///< pictures that are not as they were
        std::optional<FileReference> absentClasses;
        std::filesystem::path file;
        std::optional<LostWork> lost;
        StoredNumbers numbers; ///< also of what is absent
    };

    /// What counts as work in a session file, besides edits, notes and pictures.
    struct Choices {
        std::filesystem::path model, classes;
        ModelSettings given; // of the model
        SessionInput input;
        LimitChoice limit;

        bool operator==(const Choices&) const = default;
    };

    using Work = std::function<std::function<void()>(const Progress&)>;
    using TakeFailure = std::function<void(const Failure&)>;

    void connectChanges();
    void noteResult();
    void change();
    ViewKey likeNow() const;
    Choices choicesOfNow() const;
    void compareChoices();
    void arrive();
    void setUnsaved(bool unsaved);
    void finishSaving(const std::filesystem::path& file, const std::optional<FileReference>& model,
                      std::uint64_t change, std::uint64_t work);
    void check(Incoming incoming, const std::filesystem::path& lookIn);
    void take();
    void restoreAbsent(const std::shared_ptr<StepStore>& store);
    void inBackground(Work work);
    void inBackground(Work work, TakeFailure takeFailure);

    Document& m_document;
    LiveAnswer& m_answer;
    Settings& m_settings;
    std::filesystem::path m_recovery;
    std::filesystem::path m_file;
    std::optional<FileReference> m_modelOfFile;
    std::function<std::string()> m_layout;
    std::function<SessionFindings()> m_findings;
    ResultLog m_results;
    std::unique_ptr<EvidenceKeeper> m_evidence; ///< null where nobody tests maps
    std::optional<Incoming> m_incoming;
    std::vector<SessionFile> m_incomingFiles;
    std::optional<Session> m_arriving; // taken, and its model is not there yet
    StoredNumbers m_numbers;           // of the session that was opened
    std::vector<SessionPicture> m_absent;
    std::optional<FileReference> m_absentClasses;
    Choices m_choices;
    int m_saving = 0;
    bool m_unsaved = false;
    bool m_taking = false;
    std::uint64_t m_changes = 0;
    std::uint64_t m_works = 0;    // that came in the place of another one
    std::uint64_t m_openings = 0; // begun or given up: the newest counts
    JournalKeeper m_journal;
    std::shared_ptr<FileHashes> m_hashes; // the queue's thread's
    LatestWinsQueue m_queue;              // last: it is gone before anything that its jobs use
};

} // namespace ocellus
