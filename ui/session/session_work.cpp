// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session_work.h"

#include <algorithm>
#include <future>
#include <utility>

#include "core/session/session_reader.h"
#include "core/session/session_writer.h"
#include "ui/session/file_hashes.h"
#include "ui/session/session_state.h"

namespace ocellus {

namespace {

/// Without a file, pictures that nothing was done to are no work. With one, undoing everything in it is.
bool isOnlyLookedAt(const ReplayedJournal& journal)
{
    const Session& session = journal.session;
    return journal.sessionFile.empty() && session.notes.empty() && session.findings.empty() &&
           std::ranges::all_of(session.pictures, [](const SessionPicture& picture) {
               return picture.edits == PictureEdits() && picture.byHand.empty();
           });
}

} // namespace

SessionWork::SessionWork(Document& document, LiveAnswer& answer, Settings& settings, std::filesystem::path recovery,
                         QObject* parent)
    : QObject(parent),
      m_document(document),
      m_answer(answer),
      m_settings(settings),
      m_recovery(std::move(recovery)),
      m_journal(document, settings, m_recovery),
      m_hashes(std::make_shared<FileHashes>())
{
    connect(&m_journal, &JournalKeeper::failed, this, &SessionWork::failed);
    connectChanges();
    m_journal.begin({sessionOf(document, settings), {}, false}, JournalKeeper::Before::Discarded, [](const auto&) {});
    m_choices = choicesOfNow();
}

SessionWork::~SessionWork() = default;

void SessionWork::connectChanges()
{
    const PictureEditor& editor = m_document.editor();
    connect(&editor, &PictureEditor::performed, this, &SessionWork::change);
    connect(&editor, &PictureEditor::undone, this, &SessionWork::change);
    connect(&editor, &PictureEditor::redone, this, &SessionWork::change);
    connect(&editor, &PictureEditor::wentTo, this, &SessionWork::change);
    connect(&m_document, &Document::interventionsKept, this, &SessionWork::change);
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
    connect(&m_answer, &LiveAnswer::resultChanged, this, &SessionWork::noteResult);
    connect(&m_document, &Document::currentClassChanged, this, &SessionWork::noteResult);
    connect(&m_document, &Document::displayChanged, this, &SessionWork::noteResult);
    // The document takes what waited for its model right after it has told of that.
    connect(&m_document, &Document::modelChanged, this, &SessionWork::arrive, Qt::QueuedConnection);
    connect(&m_document, &Document::modelChanged, this, &SessionWork::compareChoices);
    connect(&m_document, &Document::classNamesChanged, this, &SessionWork::compareChoices);
    connect(&m_document, &Document::limitChanged, this, &SessionWork::compareChoices);
    connect(&m_settings, &Settings::changed, this, &SessionWork::compareChoices);
}

void SessionWork::keepEvidence(EvidenceBook& book)
{
    m_evidence = std::make_unique<EvidenceKeeper>(book, m_answer, m_settings);
    connect(m_evidence.get(), &EvidenceKeeper::found, this,
            [this](const std::filesystem::path& picture, const StoredEvidence& evidence) {
                m_journal.recordEvidence(picture, evidence);
                if (!m_file.empty() || isSaving())
                    change();
            });
}

void SessionWork::noteFindings()
{
    if (m_taking || !m_findings)
        return;
    m_journal.recordFindings(m_findings());
    change();
}

SessionWork::Choices SessionWork::choicesOfNow() const
{
    Choices now;
    if (const auto& model = m_document.model()) {
        now.model = model->path;
        now.given = model->given;
    }
    now.classes = m_document.classTable();
    now.input = inputOf(m_settings);
    now.limit = m_document.limit();
    return now;
}

void SessionWork::compareChoices()
{
    if (m_taking || (m_arriving && m_document.checkpoint() == m_arriving->model->path))
        return;
    m_arriving.reset(); // the user wants another model now
    m_journal.setOnItsWay(false);
    const Choices before = std::exchange(m_choices, choicesOfNow());
    if (before.classes != m_choices.classes)
        m_absentClasses.reset();
    if (before != m_choices && !m_file.empty())
        change();
}

void SessionWork::arrive()
{
    const auto& model = m_document.model();
    if (!m_arriving || !model || model->path != m_arriving->model->path || model->given != m_arriving->model->given)
        return;
    m_arriving.reset();
    m_choices = choicesOfNow();
    m_journal.setOnItsWay(false);
}

void SessionWork::noteResult()
{
    const Explanation shown = m_answer.explanation();
    if (!shown.isEmpty())
        m_results.note(m_answer.result(), shown.classIndex, shown.layer);
    if (!shown.isEmpty() && m_arriving)
        compareChoices(); // the session's model was given up, and work goes on with another
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
    if (m_arriving) {
        session.model = m_arriving->model;
        session.classes = m_arriving->classes;
        session.view = m_arriving->view;
    }
    // What is not there is no reason to lose what the file has of it.
    if (!session.model)
        session.model = m_modelOfFile;
    if (!session.classes)
        session.classes = m_absentClasses;
    if (session.model)
        for (SessionPicture& picture : session.pictures)
            picture.byHand = byHandOf(m_document, *session.model, picture.file.path);
    for (const SessionPicture& picture : m_absent)
        if (m_document.pictures().rowOf(picture.file.path) < 0) {
            session.pictures.push_back(picture);
            if (!isReadAlike(session, m_numbers))
                session.pictures.back().byHand.clear();
        }
    session.notes = m_document.headNotes().all();
    if (m_layout)
        session.view.layout = m_layout();
    const ViewKey like = likeNow();
    session.results = m_results.results(session.pictures, like);
    if (m_evidence)
        m_evidence->addTo(session, like);
    return session;
}

/// Of which model and input the numbers of a session are.
ViewKey SessionWork::likeNow() const
{
    ViewKey like = m_answer.wantedKey();
    if (const auto& model = m_document.model(); model && !m_arriving) { // another one may be on its way
        like.model = model->sha256;
        like.given = model->given;
        like.preprocess = m_document.request().preprocessFor(*model);
    }
    if (m_arriving) {
        like.model = m_arriving->model->sha256;
        like.given = m_arriving->model->given;
    }
    return like;
}

std::vector<StoredResult> SessionWork::earlierResults(const Session& session) const
{
    return m_results.earlier(session.pictures, likeNow());
}

bool SessionWork::isOfAnotherModel() const
{
    const auto& model = m_document.model();
    return !m_arriving && model && m_modelOfFile && model->sha256 != m_modelOfFile->sha256;
}

void SessionWork::save(const std::filesystem::path& file)
{
    const std::filesystem::path path = std::filesystem::absolute(file).lexically_normal();
    ++m_saving;
    // Should the program end on the way, whoever finds the journal learns where the work belongs.
    m_journal.recordFile(path);
    const auto recorded = std::make_shared<std::promise<void>>();
    m_journal.whenWritten([recorded] { recorded->set_value(); });
    Session whole = session();
    if (m_findings) // which take a while where there are many
        whole.findings = m_findings();
    const auto work = [this, session = std::move(whole), path, change = m_changes, number = m_works, hashes = m_hashes,
                       numbers = m_numbers, waiting = m_evidence ? m_evidence->waiting() : StoredNumbers(),
                       times = m_results.fileTimes(),
                       recorded](const Progress& progress) mutable -> std::function<void()> {
        const std::vector<std::filesystem::path> unreadable = hashes->fill(session, progress);
        dropOutdated(session, times);
        dropOfOtherContent(session, waiting);
        addWhatHolds(session, numbers);
        recorded->get_future().wait();
        writeSession(path, session);
        return [this, path, model = session.model, change, number, unreadable] {
            finishSaving(path, model, change, number);
            emit saved(path, unreadable);
        };
    };
    inBackground(work, [this](const Failure& failure) {
        --m_saving;
        m_journal.recordFile(m_file);
        emit savingFailed(failure);
    });
}

void SessionWork::collect(std::function<void(const Session&)> then)
{
    if (m_numbers.results.empty() && m_numbers.evidence.empty()) {
        then(session());
        return;
    }
    inBackground([this, session = session(), numbers = m_numbers,
                  waiting = m_evidence ? m_evidence->waiting() : StoredNumbers(), times = m_results.fileTimes(),
                  hashes = m_hashes, number = m_works,
                  then = std::move(then)](const Progress& progress) mutable -> std::function<void()> {
        hashes->fill(session, progress);
        dropOutdated(session, times);
        dropOfOtherContent(session, waiting);
        addWhatHolds(session, numbers);
        return [this, session = std::move(session), number, then] {
            if (number == m_works)
                then(session);
        };
    });
}

void SessionWork::finishSaving(const std::filesystem::path& file, const std::optional<FileReference>& model,
                               std::uint64_t change, std::uint64_t work)
{
    --m_saving;
    if (work != m_works)
        return; // a session has come in the place of what is in this file
    m_file = file;
    m_modelOfFile = model;
    // What came while the file was being written is not in it.
    if (change == m_changes) {
        m_journal.recordSaved(file);
        setUnsaved(false);
    }
    emit fileChanged();
}

void SessionWork::open(const std::filesystem::path& file)
{
    const std::filesystem::path path = std::filesystem::absolute(file).lexically_normal();
    inBackground([this, path, opening = ++m_openings](const Progress&) {
        Incoming incoming{readSession(path), {}, std::nullopt, path, std::nullopt, {}};
        return [this, opening, incoming = std::move(incoming)] {
            if (opening == m_openings)
                check(incoming, {});
        };
    });
}

void SessionWork::restore(LostWork work)
{
    Incoming incoming{work.content().session, {}, std::nullopt, work.content().sessionFile, std::nullopt, {}};
    incoming.lost = std::move(work);
    ++m_openings;
    check(std::move(incoming), {});
}

void SessionWork::putAway(LostWork work)
{
    inBackground([this, work = std::move(work), folder = m_journal.awayFolder()](const Progress&) mutable {
        work.moveTo(folder);
        return [] {};
    });
}

void SessionWork::check(Incoming incoming, const std::filesystem::path& lookIn)
{
    inBackground([this, incoming = std::move(incoming), lookIn, opening = m_openings,
                  hashes = m_hashes](const Progress& progress) mutable {
        if (!lookIn.empty())
            relink(incoming.session, lookIn, progress);
        const std::vector<SessionFile> files = filesOf(incoming.session, progress);
        hashes->remember(incoming.session);
        incoming.numbers = storedNumbersOf(incoming.session);
        return [this, incoming = std::move(incoming), files, opening]() mutable -> void {
            if (opening != m_openings)
                return;
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
    const std::optional<FileReference> classes = m_incoming->session.classes;
    m_incoming->absent = takeMissing(m_incoming->session, m_incomingFiles);
    if (!m_incoming->session.classes)
        m_incoming->absentClasses = classes;
    take();
}

void SessionWork::giveUpOpening()
{
    ++m_openings;
    m_incoming.reset();
}

void SessionWork::take()
{
    Incoming incoming = *std::exchange(m_incoming, std::nullopt);
    const Session& session = incoming.session;
    JournalStart start{session, incoming.file, incoming.lost.has_value()};
    std::vector<FileReference> absent;
    for (const SessionPicture& picture : incoming.absent) {
        start.session.pictures.push_back(picture);
        absent.push_back(picture.file);
    }
    m_taking = true;
    m_absent = incoming.absent;
    m_absentClasses = incoming.absentClasses;
    m_numbers = incoming.numbers;
    m_journal.setAbsent(absent);
    m_results.clear();
    if (m_evidence)
        m_evidence->restore(incoming.numbers);
    const auto fill = [&](const std::shared_ptr<StepStore>& store) {
        useInput(m_settings, session.input);
        m_document.headNotes().setAll(session.notes);
        m_document.restore(workOf(session, store));
        restoreAbsent(store);
        emit findingsRestored(session.findings);
    };
    const auto removeLost = [lost = incoming.lost]() mutable {
        if (lost)
            lost->discard(); // the new journal has it
    };
    m_journal.begin(start, m_unsaved ? JournalKeeper::Before::PutAway : JournalKeeper::Before::Discarded, fill,
                    removeLost);
    m_taking = false;
    m_file = incoming.file;
    ++m_works;
    m_modelOfFile = session.model;
    m_arriving.reset();
    m_choices = choicesOfNow();
    if (session.model && (m_choices.model != session.model->path || m_choices.given != session.model->given)) {
        m_arriving = session;
        m_journal.setOnItsWay(true);
    }
    setUnsaved(incoming.lost.has_value());
    emit fileChanged();
    emit layoutRestored(QByteArray::fromStdString(session.view.layout));
    emit opened(m_file);
}

void SessionWork::restoreAbsent(const std::shared_ptr<StepStore>& store)
{
    // Where the file comes back under its name, its edits are there. What has changed is another picture.
    for (const SessionPicture& picture : m_absent)
        for (const SessionFile& file : m_incomingFiles)
            if (file.file.path == picture.file.path && file.state == FileState::Missing) {
                m_document.editor().setHistory(picture.file.path, EditHistory(picture.edits, store));
                m_document.restoreInterventions(m_document.interventionModel(m_numbers.model, m_numbers.given),
                                                picture.file.path, picture.byHand);
            }
}

void SessionWork::findLostWork()
{
    inBackground([this, folder = m_recovery](const Progress& progress) {
        std::vector<LostWork> found = ocellus::findLostWork(folder, progress);
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

void SessionWork::findDiscardedWork()
{
    inBackground([this, folder = m_journal.awayFolder()](const Progress& progress) {
        return [this, found = ocellus::findLostWork(folder, progress)] { emit discardedWorkFound(found); };
    });
}

void SessionWork::finish()
{
    m_journal.discard();
    setUnsaved(false);
}

void SessionWork::giveUp()
{
    m_journal.putAway();
    setUnsaved(false);
}

void SessionWork::inBackground(Work work)
{
    inBackground(std::move(work), [this](const Failure& failure) { emit failed(failure); });
}

void SessionWork::inBackground(Work work, TakeFailure takeFailure)
{
    m_queue.addBackground(
        [this, work = std::move(work), takeFailure = std::move(takeFailure)](const std::stop_token& stop) {
            std::function<void()> deliver;
            try {
                deliver = work(Progress(stop));
            } catch (...) {
                if (stop.stop_requested())
                    return true; // nobody is there any more
                const Failure failure = failureOf(Step::Session, std::current_exception());
                deliver = [takeFailure, failure] { takeFailure(failure); };
            }
            QMetaObject::invokeMethod(this, std::move(deliver), Qt::QueuedConnection);
            return true;
        });
}

} // namespace ocellus
