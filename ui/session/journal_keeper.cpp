// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/journal_keeper.h"

#include <chrono>
#include <utility>

#include "ui/document/setting_groups.h"
#include "ui/session/session_state.h"

namespace ocellus {

JournalKeeper::JournalKeeper(Document& document, Settings& settings, std::filesystem::path folder, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_settings(settings),
      m_folder(std::move(folder))
{
    m_viewTimer.setSingleShot(true);
    m_viewTimer.setInterval(std::chrono::milliseconds{200});
    connectEditor();
    connectChoices();
}

JournalKeeper::~JournalKeeper() = default;

void JournalKeeper::begin(const JournalStart& start, const std::function<void(const std::shared_ptr<StepStore>&)>& fill)
{
    m_recording = false;
    std::unique_ptr<Journal> next;
    try {
        next = std::make_unique<Journal>(m_folder, start, [this](const Error& error) {
            emit failed({Step::Session, error.code(), QString::fromStdString(error.subject()),
                         QString::fromStdString(error.detail()), QString::fromStdString(error.wayOut())});
        });
    } catch (...) {
        emit failed(failureOf(Step::Session, std::current_exception()));
    }
    const std::shared_ptr<StepStore> store = next ? next->steps() : nullptr;
    m_document.editor().setStore(store);
    fill(store);
    discard();
    m_journal = std::move(next);
    m_viewTimer.stop();
    m_recording = true;
}

void JournalKeeper::recordNotes(const std::vector<HeadNote>& notes)
{
    record([&notes](Journal& journal) { journal.recordNotes(notes); });
}

void JournalKeeper::recordSaved(const std::filesystem::path& sessionFile)
{
    record([&sessionFile](Journal& journal) { journal.recordSaved(sessionFile); });
}

void JournalKeeper::discard()
{
    if (const auto journal = std::exchange(m_journal, nullptr))
        journal->discard();
}

template <class Record>
void JournalKeeper::record(Record&& record)
{
    if (m_recording && m_journal)
        record(*m_journal);
}

void JournalKeeper::connectEditor()
{
    const PictureEditor& editor = m_document.editor();
    connect(&editor, &PictureEditor::performed, this,
            [this](const std::filesystem::path& picture, const EditStep& step) {
                record([&](Journal& journal) { journal.recordStep(picture, step); });
            });
    connect(&editor, &PictureEditor::undone, this, [this](const std::filesystem::path& picture) {
        record([&](Journal& journal) { journal.recordUndo(picture); });
    });
    connect(&editor, &PictureEditor::redone, this, [this](const std::filesystem::path& picture) {
        record([&](Journal& journal) { journal.recordRedo(picture); });
    });
    connect(&editor, &PictureEditor::wentTo, this, [this](const std::filesystem::path& picture, std::size_t position) {
        record([&](Journal& journal) { journal.recordGoTo(picture, position); });
    });
}

void JournalKeeper::connectChoices()
{
    const auto recordPictures = [this] {
        record([this](Journal& journal) { journal.recordPictures(picturesOf(m_document)); });
    };
    // Before any edit of theirs.
    connect(&m_document.pictures(), &QAbstractItemModel::rowsInserted, this, recordPictures);
    connect(&m_document.pictures(), &QAbstractItemModel::rowsRemoved, this, recordPictures);
    connect(&m_document.pictures(), &QAbstractItemModel::modelReset, this, recordPictures);

    const auto recordModel = [this] {
        record([this](Journal& journal) { journal.recordModel(modelOf(m_document), classesOf(m_document)); });
    };
    connect(&m_document, &Document::modelChanged, this, recordModel);
    connect(&m_document, &Document::classNamesChanged, this, recordModel);
    connect(&m_settings, &Settings::changed, this, [this](Setting setting) {
        if (concernsEngine(setting))
            record([this](Journal& journal) { journal.recordInput(inputOf(m_settings)); });
    });

    const auto later = [this] { m_viewTimer.start(); };
    connect(&m_document, &Document::currentPictureChanged, this, later);
    connect(&m_document, &Document::currentClassChanged, this, later);
    connect(&m_document, &Document::headChanged, this, later);
    connect(&m_document, &Document::limitChanged, this, later);
    connect(&m_document, &Document::displayChanged, this, later);
    connect(&m_viewTimer, &QTimer::timeout, this,
            [this] { record([this](Journal& journal) { journal.recordView(viewOf(m_document)); }); });
}

} // namespace ocellus
