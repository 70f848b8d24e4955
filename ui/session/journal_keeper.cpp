// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/journal_keeper.h"

#include <chrono>
#include <utility>

#include "ui/document/setting_groups.h"
#include "ui/session/session_state.h"

namespace ocellus {

namespace {

bool sameFile(const std::optional<FileReference>& one, const std::optional<FileReference>& other)
{
    return one.has_value() == other.has_value() && (!one || (one->path == other->path && one->given == other->given));
}

} // namespace

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

JournalKeeper::~JournalKeeper()
{
    recordEdits();
}

void JournalKeeper::begin(const JournalStart& start, Before before,
                          const std::function<void(const std::shared_ptr<StepStore>&)>& fill,
                          std::function<void()> whenSafe)
{
    recordEdits();
    m_recording = false;
    const auto report = [this](const Error& error) {
        const Failure failure{Step::Session, error.code(), QString::fromStdString(error.subject()),
                              QString::fromStdString(error.detail()), QString::fromStdString(error.wayOut())};
        QMetaObject::invokeMethod(
            this, [this, failure] { emit failed(failure); }, Qt::QueuedConnection);
    };
    const std::shared_ptr<Journal> last = std::exchange(m_journal, std::make_shared<Journal>(m_folder, start, report));
    m_document.editor().setStore(m_journal->steps());
    m_model = {start.session.model, start.session.classes};
    m_isOnItsWay = false;
    fill(m_journal->steps());
    m_viewTimer.stop();
    m_recording = true;
    m_journal->whenSafe([last, before, away = awayFolder(), whenSafe = std::move(whenSafe)] {
        if (last && before == Before::Discarded)
            last->discard();
        if (last && before == Before::PutAway)
            last->moveTo(away);
        if (whenSafe)
            whenSafe();
    });
}

void JournalKeeper::setOnItsWay(bool isOnItsWay)
{
    m_isOnItsWay = isOnItsWay;
    if (!isOnItsWay) {
        recordModel();
        m_viewTimer.start();
    }
}

std::filesystem::path JournalKeeper::awayFolder() const
{
    std::filesystem::path folder = m_folder;
    folder += "-discarded";
    return folder;
}

void JournalKeeper::recordEvidence(const std::filesystem::path& picture, const StoredEvidence& evidence)
{
    if (m_document.pictures().rowOf(picture) >= 0)
        record(EvidenceChange{picture, evidence});
}

void JournalKeeper::recordFindings(const SessionFindings& findings)
{
    record(FindingsChange{findings});
}

void JournalKeeper::recordNotes(const std::vector<HeadNote>& notes)
{
    record(NotesChange{notes});
}

void JournalKeeper::recordFile(const std::filesystem::path& sessionFile)
{
    record(SessionFileChange{sessionFile});
}

void JournalKeeper::recordSaved(const std::filesystem::path& sessionFile)
{
    record(SavedChange{sessionFile});
}

void JournalKeeper::whenWritten(std::function<void()> then)
{
    recordEdits();
    if (m_journal)
        m_journal->whenWritten(std::move(then));
    else
        then();
}

void JournalKeeper::discard()
{
    m_touched.clear();
    if (const auto journal = std::exchange(m_journal, nullptr))
        journal->discard();
}

void JournalKeeper::putAway()
{
    recordEdits();
    if (const auto journal = std::exchange(m_journal, nullptr))
        journal->moveTo(awayFolder());
}

void JournalKeeper::record(JournalChange change)
{
    if (!m_recording || !m_journal)
        return;
    recordEdits(); // in the order in which things happened
    m_journal->record(std::move(change));
}

void JournalKeeper::recordEdits()
{
    for (const std::filesystem::path& picture : std::exchange(m_touched, {}))
        if (m_journal && m_document.pictures().rowOf(picture) >= 0)
            m_journal->record(PictureChange{picture, m_document.editor().historyOf(picture).state()});
}

void JournalKeeper::touch(const std::filesystem::path& picture)
{
    if (!m_recording)
        return;
    // A slider's step is undone and done again in one go: only what comes of it counts.
    if (m_touched.empty())
        QMetaObject::invokeMethod(this, &JournalKeeper::recordEdits, Qt::QueuedConnection);
    m_touched.insert(picture);
}

void JournalKeeper::connectEditor()
{
    const PictureEditor& editor = m_document.editor();
    connect(&editor, &PictureEditor::performed, this, &JournalKeeper::touch);
    connect(&editor, &PictureEditor::undone, this, &JournalKeeper::touch);
    connect(&editor, &PictureEditor::redone, this, &JournalKeeper::touch);
    connect(&editor, &PictureEditor::wentTo, this, &JournalKeeper::touch);
}

void JournalKeeper::recordPictures()
{
    std::vector<FileReference> files = picturesOf(m_document);
    for (const FileReference& file : m_absent)
        if (m_document.pictures().rowOf(file.path) < 0)
            files.push_back(file);
    record(PictureListChange{std::move(files)});
}

void JournalKeeper::recordModel()
{
    ModelChange now{modelOf(m_document), classesOf(m_document)};
    if (m_isOnItsWay || (sameFile(now.model, m_model.model) && sameFile(now.classes, m_model.classes)))
        return;
    m_model = now;
    record(std::move(now));
    recordAllByHand();
}

void JournalKeeper::recordInput()
{
    record(InputChange{inputOf(m_settings)});
    recordAllByHand();
}

void JournalKeeper::recordByHand(const std::filesystem::path& picture)
{
    if (m_document.pictures().rowOf(picture) >= 0 && m_model.model)
        record(ByHandChange{picture, byHandOf(m_document, *m_model.model, picture)});
}

/// Another model, or pictures that are read otherwise, have their own.
void JournalKeeper::recordAllByHand()
{
    std::set<std::filesystem::path> pictures;
    for (const InterventionBook::Page& page : m_document.interventions().pages())
        pictures.insert(page.place.picture);
    for (const std::filesystem::path& picture : pictures)
        recordByHand(picture);
}

void JournalKeeper::recordView()
{
    if (!m_isOnItsWay)
        record(ViewChange{viewOf(m_document)});
}

void JournalKeeper::connectChoices()
{
    const PictureListModel& pictures = m_document.pictures();
    connect(&pictures, &QAbstractItemModel::rowsInserted, this,
            [this, &pictures](const QModelIndex&, int first, int last) {
                recordPictures(); // before any edit of theirs
                for (int row = first; row <= last; ++row)
                    if (m_document.editor().historyOf(pictures.path(row)).state() != PictureEdits())
                        touch(pictures.path(row));
                recordAllByHand();
            });
    connect(&pictures, &QAbstractItemModel::rowsRemoved, this, &JournalKeeper::recordPictures);
    connect(&pictures, &QAbstractItemModel::modelReset, this, &JournalKeeper::recordPictures);
    connect(&m_document, &Document::modelChanged, this, &JournalKeeper::recordModel);
    connect(&m_document, &Document::classNamesChanged, this, &JournalKeeper::recordModel);
    connect(&m_settings, &Settings::changed, this, [this](Setting setting) {
        if (concernsEngine(setting))
            recordInput();
    });

    connect(&m_document, &Document::interventionsKept, this, &JournalKeeper::recordByHand);

    const auto later = [this] { m_viewTimer.start(); };
    connect(&m_document, &Document::currentPictureChanged, this, later);
    connect(&m_document, &Document::currentClassChanged, this, later);
    connect(&m_document, &Document::headChanged, this, later);
    connect(&m_document, &Document::limitChanged, this, later);
    connect(&m_document, &Document::displayChanged, this, later);
    connect(&m_document, &Document::figureChanged, this, later);
    connect(&m_viewTimer, &QTimer::timeout, this, &JournalKeeper::recordView);
}

} // namespace ocellus
