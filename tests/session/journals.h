// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

#include "core/session/journal.h"
#include "core/session/journal_replay.h"
#include "core/session/record_file.h"
#include "tests/session/sessions.h"

namespace ocellus::test {

inline void failOnReport(const Error& error)
{
    qFatal("%s", error.what());
}

inline ReplayedJournal replayOf(const std::filesystem::path& journal)
{
    return replayJournal(RecordFile::open(journal));
}

inline ReplayedJournal replayOf(Journal& journal)
{
    journal.wait();
    return replayOf(journal.path());
}

/// A folder of its own, and journals of someSession() in it.
class JournalFolder {
public:
    JournalFolder() : m_path(m_folder.path().toStdString()) {}

    const std::filesystem::path& path() const { return m_path; }
    JournalStart start() const { return {someSession(m_path), {}, false}; }
    /// The one that has edits.
    std::filesystem::path picture() const { return m_path / "pictures" / "a.jpg"; }

    /// Without results, which journals leave out.
    Session wanted() const
    {
        Session session = someSession(m_path);
        session.results.clear();
        return session;
    }

    /// picture() with so many edits more.
    PictureChange edited(int more) const
    {
        PictureChange change{picture(), someSession(m_path).pictures[0].edits};
        for (int i = 0; i < more; ++i)
            change.edits.edits.insert(change.edits.edits.begin(), someEdit("edit " + std::to_string(i)));
        return change;
    }

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_path;
};

} // namespace ocellus::test
