// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_document.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

#include "core/dataset/dataset_file.h"
#include "core/dataset/dataset_split.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

QStringList notesOf(const OpenedDataset& opened)
{
    QStringList notes;
    for (const std::string& note : opened.notes)
        notes << QString::fromStdString(note);
    if (!opened.skipped.empty())
        notes << QString::fromStdString(opened.skipped.sentence());
    return notes;
}

QString textOf(const DatasetStep& step)
{
    return QString::fromStdString(describe(step));
}

} // namespace

DatasetDocument::DatasetDocument(QObject* parent) : QObject(parent) {}

DatasetDocument::~DatasetDocument() = default;

QString DatasetDocument::name() const
{
    if (!m_file.empty())
        return toQString(m_file.stem());
    return m_dataset.sources.empty() ? QString() : toQString(m_dataset.sources.front().filename());
}

void DatasetDocument::openSources(const std::vector<std::filesystem::path>& sources, const TableColumns& columns)
{
    m_asked = sources;
    read([sources, columns](const Progress& progress) { return openDataset(sources, columns, progress); }, {},
         Kind::Opened);
}

void DatasetDocument::addSources(const std::vector<std::filesystem::path>& sources, const TableColumns& columns)
{
    m_asked = sources;
    read([base = m_dataset, sources,
          columns](const Progress& progress) { return ocellus::addSources(base, sources, columns, progress); },
         m_file, Kind::More);
}

void DatasetDocument::openFile(const std::filesystem::path& file)
{
    read([file](const Progress&) { return OpenedDataset{readDatasetFile(file), {}, {}}; }, file, Kind::Opened);
}

void DatasetDocument::recover(const std::filesystem::path& file)
{
    read([file](const Progress&) { return OpenedDataset{readDatasetFile(file), {}, {}}; }, {}, Kind::Recovered);
}

/// Reads, and examines what was read in the same run.
void DatasetDocument::read(Reading reading, const std::filesystem::path& file, Kind kind)
{
    m_isReplacing = kind != Kind::More;
    const std::uint64_t run = begin(Work::Opening);
    m_queue.request([this, run, reading = std::move(reading), file, kind](const std::stop_token& stop) {
        std::exception_ptr failure;
        try {
            OpenedDataset opened = reading(progressOf(run, stop));
            Dataset examined = opened.dataset;
            tell(run,
                 [this, opened = std::move(opened), file, kind]() mutable { take(std::move(opened), file, kind); });
            lookAt(std::move(examined), run, stop);
        } catch (...) {
            failure = std::current_exception();
        }
        tellEnd(run, failure);
        return true;
    });
}

void DatasetDocument::lookAt(Dataset examined, std::uint64_t run, const std::stop_token& stop)
{
    Examination examination = examine(examined, progressOf(run, stop));
    tell(run, [this, examined = std::move(examined), examination = std::move(examination)]() mutable {
        takeExamination(examined, std::move(examination));
    });
}

void DatasetDocument::examineAgain()
{
    if (isEmpty())
        return;
    const std::uint64_t run = begin(Work::Examining);
    m_queue.request([this, run, examined = m_dataset](const std::stop_token& stop) mutable {
        std::exception_ptr failure;
        try {
            lookAt(std::move(examined), run, stop);
        } catch (...) {
            failure = std::current_exception();
        }
        tellEnd(run, failure);
        return true;
    });
}

std::uint64_t DatasetDocument::begin(Work work)
{
    m_work = work;
    emit workChanged();
    return ++m_run;
}

void DatasetDocument::cancel()
{
    if (m_work == Work::None)
        return;
    ++m_run;
    m_queue.cancelRequest();
    m_work = Work::None;
    emit workChanged();
}

Progress DatasetDocument::progressOf(std::uint64_t run, const std::stop_token& stop)
{
    // From several threads, and for each picture: more than a thousand steps are not seen.
    auto told = std::make_shared<std::atomic<int>>(-1);
    return Progress(stop, [this, run, told](Stage, double fraction) {
        const int thousandths = static_cast<int>(fraction * 1000);
        if (told->exchange(thousandths) != thousandths)
            tell(run, [this, fraction] { emit progressed(fraction); });
    });
}

/// On the owner's thread, unless something newer was asked for meanwhile.
void DatasetDocument::tell(std::uint64_t run, std::function<void()> outcome)
{
    QMetaObject::invokeMethod(
        this,
        [this, run, outcome = std::move(outcome)] {
            if (run == m_run)
                outcome();
        },
        Qt::QueuedConnection);
}

void DatasetDocument::tellEnd(std::uint64_t run, const std::exception_ptr& failure)
{
    tell(run, [this, failure] {
        m_work = Work::None;
        emit workChanged();
        if (!failure || asksForColumns(failure))
            return;
        const Failure told = failureOf(Step::Dataset, failure);
        if (!told.isCancelled())
            emit failed(told);
    });
}

bool DatasetDocument::asksForColumns(const std::exception_ptr& failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (const UnclearTable& table) {
        if (table.preview().headings.size() < 2) // no choice would help
            return false;
        emit columnsAsked({m_asked, !m_isReplacing, table});
        return true;
    } catch (...) {
        return false;
    }
}

void DatasetDocument::take(OpenedDataset opened, const std::filesystem::path& file, Kind kind)
{
    if (kind == Kind::More)
        opened.dataset.steps = std::move(m_dataset.steps); // which may have grown meanwhile
    m_dataset = std::move(opened.dataset);
    m_notes = notesOf(opened);
    m_examination = {};
    if (kind != Kind::More) { // else it may have been saved meanwhile
        m_file = file;
        m_undone.clear();
        m_cleanAt = kind == Kind::Recovered ? std::nullopt : std::optional(m_dataset.steps.size());
        emit replaced();
    } else if (!m_file.empty()) {
        m_cleanAt.reset(); // the file lacks the pictures
    }
    m_work = Work::Examining;
    emit workChanged();
    follow();
    tellOfLocked(opened.skipped);
}

/// A species whose folder is locked is missing, which nothing else would tell.
void DatasetDocument::tellOfLocked(const SkippedFiles& skipped)
{
    const auto locked = skipped.groups().find("may not be read");
    if (locked == skipped.groups().end() || locked->second.names.empty())
        return;
    const auto more = static_cast<int>(locked->second.count) - 1;
    emit failed({Step::Dataset, ErrorCode::Unreadable, QString::fromStdString(locked->second.names.front()),
                 more > 0 ? tr("may not be read, nor may %n others: their pictures are missing", nullptr, more)
                          : tr("may not be read: its pictures are missing"),
                 tr("Allow it to be read, and open the folder again")});
}

void DatasetDocument::takeExamination(const Dataset& examined, Examination examination)
{
    for (std::size_t i = 0; i < m_dataset.pictures.size(); ++i) {
        DatasetPicture& picture = m_dataset.pictures[i];
        picture.size = examined.pictures[i].size;
        picture.sha256 = examined.pictures[i].sha256;
        picture.bytes = examined.pictures[i].bytes;
    }
    m_examination = std::move(examination);
    divideAtFirst();
    follow();
}

/// Whoever opens class folders has no split, and needs one: the usual one is drawn, which can be undone. While nothing
/// else was decided, it is drawn anew for what a further folder brought.
void DatasetDocument::divideAtFirst()
{
    const std::size_t steps = m_dataset.steps.size();
    const bool isOwn = steps == 1 && m_cleanAt == steps;
    if (!m_undone.empty() || !m_file.empty() || (steps > 0 && !isOwn))
        return;
    const std::optional<DatasetStep> earlier = isOwn ? undoStep(m_dataset) : std::nullopt;
    const DatasetState bare = stateOf(m_dataset);
    const auto members = static_cast<std::size_t>(std::ranges::count_if(bare.members, &DatasetMember::takesPart));
    if (bare.classNames.size() > 1 && bare.undivided() == members) {
        try {
            addStep(m_dataset, ocellus::drawSplit(m_dataset, {}, m_examination.nearDuplicates));
            m_cleanAt = m_dataset.steps.size();
            return;
        } catch (const Error&) { // too few pictures to divide: nobody has asked for it yet
        }
    }
    if (earlier)
        m_dataset.steps.push_back(*earlier); // as it was
}

/// Whoever goes on deciding about what is there does not want another one in its place.
void DatasetDocument::keepWhatIsThere()
{
    if (m_work == Work::Opening && m_isReplacing)
        cancel();
}

bool DatasetDocument::apply(DatasetStep step)
{
    keepWhatIsThere();
    if (!attempt([this, &step] { addStep(m_dataset, std::move(step)); }))
        return false;
    m_undone.clear();
    if (m_cleanAt && *m_cleanAt >= m_dataset.steps.size())
        m_cleanAt.reset(); // other steps were undone than are there now
    follow();
    return true;
}

bool DatasetDocument::drawSplit(const SplitRecipe& recipe)
{
    std::optional<DatasetStep> step;
    return attempt([&] { step = ocellus::drawSplit(m_dataset, recipe, m_examination.nearDuplicates); }) &&
           apply(std::move(*step));
}

void DatasetDocument::undo()
{
    keepWhatIsThere();
    std::optional<DatasetStep> step = undoStep(m_dataset);
    if (!step)
        return;
    m_undone.push_back(std::move(*step));
    follow();
}

void DatasetDocument::redo()
{
    keepWhatIsThere();
    if (m_undone.empty() || !attempt([this] { addStep(m_dataset, m_undone.back()); }))
        return;
    m_undone.pop_back();
    follow();
}

QString DatasetDocument::undoText() const
{
    return canUndo() ? textOf(m_dataset.steps.back()) : QString();
}

QString DatasetDocument::redoText() const
{
    return canRedo() ? textOf(m_undone.back()) : QString();
}

bool DatasetDocument::save(const std::filesystem::path& file)
{
    if (!attempt([&] { writeCopy(file); }))
        return false;
    m_file = file;
    m_cleanAt = m_dataset.steps.size();
    emit fileChanged();
    return true;
}

void DatasetDocument::writeCopy(const std::filesystem::path& file) const
{
    writeDatasetFile(file, m_dataset, OCELLUS_VERSION);
}

void DatasetDocument::follow()
{
    m_state = stateOf(m_dataset);
    m_problems = problemsOf(m_dataset, m_state, m_examination);
    ++m_revision;
    emit changed();
    emit fileChanged();
}

bool DatasetDocument::attempt(const std::function<void()>& change)
{
    try {
        change();
        return true;
    } catch (...) {
        emit failed(failureOf(Step::Dataset, std::current_exception()));
        return false;
    }
}

} // namespace ocellus
