// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/training_run.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <span>
#include <system_error>
#include <utility>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSysInfo>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/train/run_lock.h"
#include "core/train/training_log.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

constexpr qint64 mostRecordBytes = 1 << 20;
constexpr qint64 lastWordsBytes = 4096;
constexpr std::int64_t signLasts = 60;  ///< seconds without a sign of life from another machine
constexpr std::int64_t beginLasts = 20; ///< seconds until a process that was started holds its lock, at most

std::filesystem::path recordFile(const std::filesystem::path& folder)
{
    return folder / "run.json";
}

QByteArray contentOf(const std::filesystem::path& path)
{
    QFile file(toQString(path));
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly)) // opening a pipe would wait for its writer
        throw Error(ErrorCode::NotFound, path.string(), "expected what a training run wrote, got no such file");
    return file.read(mostRecordBytes);
}

RunRecord readRecord(const std::filesystem::path& folder)
{
    const QJsonObject json = QJsonDocument::fromJson(contentOf(recordFile(folder))).object();
    if (json[QStringLiteral("title")].toString().isEmpty())
        throw Error(ErrorCode::Damaged, recordFile(folder).string(), "expected the record of a training run");
    RunRecord record;
    record.title = json[QStringLiteral("title")].toString();
    record.recipe = json[QStringLiteral("recipe")].toString();
    for (const QJsonValue& option : json[QStringLiteral("options")].toArray())
        record.options << option.toString();
    record.dataset = json[QStringLiteral("dataset")].toString();
    record.classes = json[QStringLiteral("classes")].toInt();
    record.train = json[QStringLiteral("train")].toInt();
    record.val = json[QStringLiteral("val")].toInt();
    record.created = QDateTime::fromString(json[QStringLiteral("created")].toString(), Qt::ISODate);
    return record;
}

/// The last line that a process wrote to its errors, which tells why it ended.
QString lastWordsOf(const std::filesystem::path& run)
{
    QFile file(toQString(outputOf(run)));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max<qint64>(0, file.size() - lastWordsBytes));
    const QStringList lines = QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
    return lines.isEmpty() ? QString() : lines.last().trimmed();
}

/// Its process has no lock yet, and has not complained. A resumed run's folder was changed as its process was started.
bool isBeingBegun(const TrainingRun& run, std::int64_t now)
{
    const QFileInfo folder(toQString(run.folder)), output(toQString(outputOf(run.folder)));
    const QDateTime begun = std::max(run.record.created, folder.lastModified());
    const std::int64_t age = now - begun.toSecsSinceEpoch();
    const bool hasComplained = !run.words.isEmpty() && output.lastModified() > begun;
    return std::abs(age) < beginLasts && !hasComplained; // the folder may have changed since `now`
}

TrainingRun::State stateOf(const TrainingRun& run, std::int64_t now)
{
    const bool isHere = !run.status || isOfThisMachine(*run.status);
    if (RunLock::isHeld(run.folder)) { // folders that machines share tell of locks of others
        if (!isHere)
            return TrainingRun::State::Elsewhere;
        return run.status && run.status->phase == RunPhase::Waiting ? TrainingRun::State::Waiting
                                                                    : TrainingRun::State::Running;
    }
    if (!run.status && isBeingBegun(run, now))
        return TrainingRun::State::Waiting;
    if (!run.status)
        return run.words.isEmpty() ? TrainingRun::State::Killed : TrainingRun::State::Failed;
    switch (run.status->phase) {
    case RunPhase::Done: return TrainingRun::State::Done;
    case RunPhase::Stopped: return TrainingRun::State::Stopped;
    case RunPhase::Failed: return TrainingRun::State::Failed;
    default: break;
    }
    return !isHere && now - run.status->seconds < signLasts ? TrainingRun::State::Elsewhere
                                                            : TrainingRun::State::Killed;
}

std::vector<std::filesystem::path> mapsOf(const std::filesystem::path& run)
{
    std::vector<std::filesystem::path> maps;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(run / "maps", none))
        if (entry.path().extension() == ".png")
            maps.push_back(entry.path());
    std::ranges::sort(maps);
    return maps;
}

} // namespace

bool TrainingRun::canResume() const
{
    return state == State::Stopped || state == State::Killed || state == State::Failed;
}

bool TrainingRun::hasBest() const
{
    std::error_code unknown;
    return std::filesystem::exists(best(), unknown);
}

std::optional<EpochReport> TrainingRun::bestEpoch() const
{
    return ocellus::bestEpoch(epochs);
}

double TrainingRun::secondsSoFar() const
{
    double seconds = 0;
    for (const EpochReport& epoch : epochs)
        seconds += epoch.seconds;
    return seconds;
}

bool isOfThisMachine(const RunStatus& status)
{
    return QString::fromStdString(status.host) == QSysInfo::machineHostName();
}

QString toText(TrainingRun::State state)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("ocellus::TrainingRun", text); };
    switch (state) {
    case TrainingRun::State::Waiting: return tr("Waiting");
    case TrainingRun::State::Running: return tr("Running");
    case TrainingRun::State::Done: return tr("Done");
    case TrainingRun::State::Stopped: return tr("Stopped");
    case TrainingRun::State::Failed: return tr("Failed");
    case TrainingRun::State::Killed: return tr("Interrupted");
    case TrainingRun::State::Elsewhere: break;
    }
    return tr("Running elsewhere");
}

void writeRunRecord(const std::filesystem::path& folder, const RunRecord& record)
{
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, folder.string(), "the folder cannot be made: " + failure.message());
    const QJsonObject json{{QStringLiteral("title"), record.title},
                           {QStringLiteral("recipe"), record.recipe},
                           {QStringLiteral("options"), QJsonArray::fromStringList(record.options)},
                           {QStringLiteral("dataset"), record.dataset},
                           {QStringLiteral("classes"), record.classes},
                           {QStringLiteral("train"), record.train},
                           {QStringLiteral("val"), record.val},
                           {QStringLiteral("created"), record.created.toUTC().toString(Qt::ISODate)}};
    writeFileAtomically(recordFile(folder), QJsonDocument(json).toJson().toStdString());
}

TrainingRun readTrainingRun(const std::filesystem::path& folder, std::int64_t now)
{
    TrainingRun run;
    run.folder = folder;
    run.record = readRecord(folder);
    run.status = readRunStatus(folder);
    run.epochs = readTrainingLog(folder / "log.jsonl", std::numeric_limits<int>::max());
    run.maps = mapsOf(folder);
    run.words =
        run.status && !run.status->message.empty() ? QString::fromStdString(run.status->message) : lastWordsOf(folder);
    run.state = stateOf(run, now);
    if (run.state == TrainingRun::State::Done && run.epochs.empty())
        run.state = TrainingRun::State::Failed;
    return run;
}

std::filesystem::path datasetOf(const std::filesystem::path& run)
{
    return run / "data.ocellus-dataset";
}

std::filesystem::path outputOf(const std::filesystem::path& run)
{
    return run / "output.txt";
}

} // namespace ocellus
