// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session_work.h"

#include <algorithm>
#include <utility>

#include "core/session/session_reader.h"
#include "core/session/session_writer.h"
#include "ui/session/file_hashes.h"
#include "ui/session/session_state.h"

namespace ocellus {

namespace {

/// Without what is not as it was; results and the chosen picture keep to the pictures that stay.
void dropMissing(Session& session, const std::vector<SessionFile>& files)
{
    const auto isGone = [&files](const FileReference& file) {
        return std::ranges::any_of(files, [&file](const SessionFile& known) {
            return known.state != FileState::Found && known.file.path == file.path;
        });
    };
    if (session.classes && isGone(*session.classes))
        session.classes.reset();
    std::vector<int> placeOf;
    std::vector<SessionPicture> kept;
    for (SessionPicture& picture : session.pictures) {
        placeOf.push_back(isGone(picture.file) ? -1 : static_cast<int>(kept.size()));
        if (placeOf.back() >= 0)
            kept.push_back(std::move(picture));
    }
    session.pictures = std::move(kept);
    session.view.picture = session.view.picture < 0 ? -1 : placeOf.at(static_cast<std::size_t>(session.view.picture));
    std::erase_if(session.results, [&placeOf](StoredResult& result) {
        result.picture = placeOf.at(static_cast<std::size_t>(result.picture));
        return result.picture < 0;
    });
}

/// Without a file, pictures that nothing was done to are no work. With one, undoing everything in it is.
bool isOnlyLookedAt(const ReplayedJournal& journal)
{
    const Session& session = journal.session;
    return journal.sessionFile.empty() && session.notes.empty() &&
           std::ranges::all_of(session.pictures,
                               [](const SessionPicture& picture) { return picture.edits == PictureEdits(); });
}

} // namespace

SessionWork::SessionWork(Document& document, Settings& settings, std::filesystem::path recovery, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_settings(settings),
      m_recovery(std::move(recovery)),
      m_journal(document, settings, m_recovery),
      m_hashes(std::make_shared<FileHashes>())
{
    connect(&m_journal, &JournalKeeper::failed, this, &SessionWork::failed);
    connectChanges();
    m_journal.begin({sessionOf(document, settings), {}, false}, [](const auto&) {});
}

SessionWork::~SessionWork() = default;

void SessionWork::connectChanges()
{
    const PictureEditor& editor = m_document.editor();
    connect(&editor, &PictureEditor::performed, this, &SessionWork::change);
    connect(&editor, &PictureEditor::undone, this, &SessionWork::change);
    connect(&editor, &PictureEditor::redone, this, &SessionWork::change);
    connect(&editor, &PictureEditor::wentTo, this, &SessionWork::change);
    const auto changePictures = [this] {
        if (!m_file.empty())
            change();
    };
    connect(&m_document.pictures(), &QAbstractItemModel::rowsInserted, this, changePictures);
    connect(&m_document.pictures(), &QAbstractItemModel::rowsRemoved, this, changePictures);
    connect(&m_document.headNotes(), &HeadNotes::changed, this, [this] {
        if (!m_taking)
            m_journal.recordNotes(m_document.headNotes().all());
        change();
    });
    connect(&m_document, &Document::explanationChanged, this, &SessionWork::noteResult);
    connect(&m_document, &Document::modelChanged, this, [this] { m_results.clear(); });
}

void SessionWork::noteResult()
{
    const Explanation shown = m_document.explanation();
    // Only numbers that the model gives by itself, exactly.
    if (shown.isEmpty() || shown.stale || m_document.isDraft() || !m_document.intervention().empty())
        return;
    if (!shown.decoding->hasClass(shown.classIndex) || m_document.currentPicture() < 0)
        return;
    const std::filesystem::path picture = m_document.pictures().path(m_document.currentPicture());
    m_results.note(picture, m_document.editor().historyOf(picture).state().edits, *shown.decoding, shown.classIndex,
                   shown.layer);
}

void SessionWork::change()
{
    if (m_taking)
        return;
    ++m_changes;
    setUnsaved(true);
}

void SessionWork::setUnsaved(bool unsaved)
{
    if (unsaved == m_unsaved)
        return;
    m_unsaved = unsaved;
    emit unsavedChanged(unsaved);
}

Session SessionWork::session() const
{
    Session session = sessionOf(m_document, m_settings);
    session.notes = m_document.headNotes().all();
    if (m_layout)
        session.view.layout = m_layout();
    std::vector<std::filesystem::path> pictures;
    for (const SessionPicture& picture : session.pictures)
        pictures.push_back(picture.file.path);
    session.results = m_results.results(pictures);
    return session;
}

void SessionWork::save(const std::filesystem::path& file)
{
    inBackground([this, session = session(), file, change = m_changes, hashes = m_hashes]() mutable {
        hashes->fill(session, {});
        writeSession(file, session);
        return [this, file, change] { finishSaving(file, change); };
    });
}

void SessionWork::finishSaving(const std::filesystem::path& file, std::uint64_t change)
{
    m_file = file;
    // What came while the file was being written is not in it.
    if (change == m_changes) {
        m_journal.recordSaved(file);
        setUnsaved(false);
    }
    emit fileChanged();
    emit saved(file);
}

void SessionWork::open(const std::filesystem::path& file)
{
    const std::filesystem::path path = std::filesystem::absolute(file).lexically_normal();
    inBackground([this, path] {
        Incoming incoming{readSession(path), path, std::nullopt};
        return [this, incoming = std::move(incoming)] { check(incoming, {}); };
    });
}

void SessionWork::restore(LostWork work)
{
    Incoming incoming{work.content().session, work.content().sessionFile, std::nullopt};
    incoming.lost = std::move(work);
    check(std::move(incoming), {});
}

void SessionWork::check(Incoming incoming, const std::filesystem::path& lookIn)
{
    inBackground([this, incoming = std::move(incoming), lookIn]() mutable {
        if (!lookIn.empty())
            relink(incoming.session, lookIn);
        const std::vector<SessionFile> files = filesOf(incoming.session);
        return [this, incoming = std::move(incoming), files] {
            m_incoming = incoming;
            m_incomingFiles = files;
            if (std::ranges::all_of(files, [](const SessionFile& file) { return file.state == FileState::Found; }))
                take();
            else
                emit filesMissing(files);
        };
    });
}

void SessionWork::lookForFilesIn(const std::filesystem::path& folder)
{
    if (m_incoming)
        check(*std::exchange(m_incoming, std::nullopt), folder);
}

void SessionWork::openWithoutMissing()
{
    if (!m_incoming)
        return;
    dropMissing(m_incoming->session, m_incomingFiles);
    take();
}

void SessionWork::giveUpOpening()
{
    m_incoming.reset();
}

void SessionWork::take()
{
    Incoming incoming = *std::exchange(m_incoming, std::nullopt);
    const bool unsaved = incoming.lost.has_value();
    m_taking = true;
    useInput(m_settings, incoming.session.input);
    m_results.clear();
    m_journal.begin({incoming.session, incoming.file, unsaved}, [&](const std::shared_ptr<StepStore>& store) {
        m_document.headNotes().setAll(incoming.session.notes);
        m_document.restore(workOf(incoming.session, store));
    });
    m_taking = false;
    m_file = incoming.file;
    if (incoming.lost)
        incoming.lost->discard(); // the new journal has it
    setUnsaved(unsaved);
    emit fileChanged();
    emit layoutRestored(QByteArray::fromStdString(incoming.session.view.layout));
    emit opened(m_file);
}

void SessionWork::findLostWork()
{
    inBackground([this] {
        std::vector<LostWork> found = ocellus::findLostWork(m_recovery);
        std::erase_if(found, [](LostWork& work) {
            const bool nothing = isOnlyLookedAt(work.content());
            if (nothing)
                work.discard();
            return nothing;
        });
        return [this, found] {
            if (!found.empty())
                emit lostWorkFound(found);
        };
    });
}

void SessionWork::finish()
{
    m_journal.discard();
    setUnsaved(false);
}

void SessionWork::inBackground(std::function<std::function<void()>()> work)
{
    m_queue.addBackground([this, work = std::move(work)](const std::stop_token&) {
        std::function<void()> deliver;
        try {
            deliver = work();
        } catch (...) {
            const Failure failure = failureOf(Step::Session, std::current_exception());
            deliver = [this, failure] { emit failed(failure); };
        }
        QMetaObject::invokeMethod(this, std::move(deliver), Qt::QueuedConnection);
        return true;
    });
}

} // namespace ocellus
