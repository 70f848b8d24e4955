// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

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

    /// A new journal in the place of the one before, which is taken away. `fill` brings the document to the state that
    /// the journal begins with, and is given where its histories may put their past.
    void begin(const JournalStart& start, const std::function<void(const std::shared_ptr<StepStore>&)>& fill);

    void recordNotes(const std::vector<HeadNote>& notes);
    void recordSaved(const std::filesystem::path& sessionFile);
    void discard();

signals:
    /// The journal cannot be written: work goes on without.
    void failed(const ocellus::Failure& failure);

private:
    template <class Record>
    void record(Record&& record);
    void connectEditor();
    void connectChoices();

    Document& m_document;
    Settings& m_settings;
    std::filesystem::path m_folder;
    std::unique_ptr<Journal> m_journal;
    bool m_recording = false;
    QTimer m_viewTimer; // choices change in quick succession, and only the last one counts
};

} // namespace ocellus
