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
    /// `recovery` is the folder of the journals. `document` and `settings` must outlive the work.
    SessionWork(Document& document, Settings& settings, std::filesystem::path recovery, QObject* parent = nullptr);
    ~SessionWork() override;

    const std::filesystem::path& file() const { return m_file; } ///< empty before the first save
    /// Edits or notes, and of a session also its pictures.
    bool isUnsaved() const { return m_unsaved; }

    /// What saving asks for the window's layout, as base64.
    void setLayoutSource(std::function<std::string()> layout) { m_layout = std::move(layout); }

    /// Numbers that were shown, with the edits of now.
    Session session() const;

    void save(const std::filesystem::path& file);
    /// In the place of what is open. Where files are not as they were, filesMissing() asks what to do.
    void open(const std::filesystem::path& file);

    // Answers to filesMissing().
    void lookForFilesIn(const std::filesystem::path& folder);
    void openWithoutMissing(); ///< without pictures and class table; not without the model
    void giveUpOpening();

    /// Answered by lostWorkFound(), or not at all.
    void findLostWork();
    void restore(LostWork work);

    /// The journal is not needed any more: all is saved, or is not wanted.
    void finish();

signals:
    void fileChanged();
    void unsavedChanged(bool unsaved);
    void layoutRestored(const QByteArray& base64);
    void saved(const std::filesystem::path& file);
    void opened(const std::filesystem::path& file);
    void filesMissing(const std::vector<ocellus::SessionFile>& files);
    void lostWorkFound(const std::vector<ocellus::LostWork>& work);
    void failed(const ocellus::Failure& failure);

private:
    /// On its way into the window.
    struct Incoming {
        Session session;
        std::filesystem::path file;
        std::optional<LostWork> lost;
    };

    void connectChanges();
    void noteResult();
    void change();
    void setUnsaved(bool unsaved);
    void finishSaving(const std::filesystem::path& file, std::uint64_t change);
    void check(Incoming incoming, const std::filesystem::path& lookIn);
    void take();
    void inBackground(std::function<std::function<void()>()> work);

    Document& m_document;
    Settings& m_settings;
    std::filesystem::path m_recovery;
    std::filesystem::path m_file;
    std::function<std::string()> m_layout;
    ResultLog m_results;
    std::optional<Incoming> m_incoming;
    std::vector<SessionFile> m_incomingFiles;
    bool m_unsaved = false;
    bool m_taking = false;
    std::uint64_t m_changes = 0;
    JournalKeeper m_journal;
    std::shared_ptr<FileHashes> m_hashes; // the queue's thread's
    LatestWinsQueue m_queue;              // last: it is gone before anything that its jobs use
};

} // namespace ocellus
