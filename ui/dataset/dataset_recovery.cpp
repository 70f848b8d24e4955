// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_recovery.h"

#include <algorithm>
#include <csignal>
#include <system_error>
#include <utility>

#include <QCoreApplication>

#include "core/dataset/dataset_file.h"
#include "ui/dataset/dataset_document.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

constexpr int pause = 1500; ///< milliseconds after the first of several decisions
constexpr const char* prefix = "dataset-";

/// Of "dataset-1234.ocellus-dataset" and "dataset-1234-2.ocellus-dataset"; 0 for another name.
qint64 writerOf(const std::filesystem::path& file)
{
    const QString name = toQString(file.filename());
    const QString begin = QLatin1String(prefix), end = QLatin1String(datasetExtension);
    return name.startsWith(begin) && name.endsWith(end)
               ? name.mid(begin.size(), name.size() - begin.size() - end.size()).section('-', 0, 0).toLongLong()
               : 0;
}

/// Its file's name, also where that was replaced meanwhile; empty where that is not known.
std::string programOf(const std::string& process)
{
    std::error_code unknown;
    QString name = toQString(std::filesystem::read_symlink("/proc/" + process + "/exe", unknown).filename());
    const QString replaced = QStringLiteral(" (deleted)");
    if (name.endsWith(replaced))
        name.chop(replaced.size());
    return name.toStdString();
}

/// The number may be another program's by now.
bool isAlive(qint64 process)
{
    if (kill(static_cast<pid_t>(process), 0) != 0)
        return false;
    const std::string theirs = programOf(std::to_string(process));
    return theirs.empty() || theirs == programOf("self");
}

/// One of an earlier process with the same number stays what it is.
std::filesystem::path freeFile(const std::filesystem::path& folder)
{
    const std::string name = prefix + std::to_string(QCoreApplication::applicationPid());
    std::filesystem::path file = folder / (name + datasetExtension);
    std::error_code none;
    for (int number = 2; std::filesystem::exists(file, none); ++number)
        file = folder / (name + "-" + std::to_string(number) + datasetExtension);
    return file;
}

} // namespace

DatasetRecovery::DatasetRecovery(DatasetDocument& dataset, std::filesystem::path folder, QObject* parent)
    : QObject(parent),
      m_dataset(dataset),
      m_folder(std::move(folder)),
      m_file(freeFile(m_folder)),
      m_writing(std::in_place, this)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &DatasetRecovery::keep);
    connect(&dataset, &DatasetDocument::fileChanged, this, [this] {
        if (!m_dataset.isUnsaved())
            forget();
        else if (!m_pause.isActive()) // whoever decides without a pause loses no more than others
            m_pause.start();
    });
}

DatasetRecovery::~DatasetRecovery()
{
    m_writing.reset(); // waits for what is being written
    std::error_code none;
    std::filesystem::remove(m_file, none);
}

void DatasetRecovery::forget()
{
    m_pause.stop();
    std::error_code none;
    std::filesystem::remove(m_file, none);
    forgetRestored();
}

void DatasetRecovery::forgetRestored()
{
    if (m_restored.empty())
        return;
    std::error_code none;
    std::filesystem::remove(std::exchange(m_restored, {}), none);
    emit changed();
}

void DatasetRecovery::keep()
{
    m_writing->read<bool>(
        Step::Dataset,
        [dataset = m_dataset.dataset(), file = m_file] {
            std::filesystem::create_directories(file.parent_path());
            writeDatasetFile(file, dataset, OCELLUS_VERSION);
            return true;
        },
        [this](bool) {
            if (!m_dataset.isUnsaved()) // it was saved meanwhile
                forget();
            forgetRestored();
        },
        [](const Failure&) {}); // the next decision tries again; closing asks anyway
}

std::vector<std::filesystem::path> DatasetRecovery::found() const
{
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, none))
        if (const qint64 process = writerOf(entry.path());
            process > 0 && entry.path() != m_file &&
            (process == QCoreApplication::applicationPid() || !isAlive(process)))
            files.push_back(entry.path());
    const auto age = [](const std::filesystem::path& file) {
        std::error_code unknown;
        return std::filesystem::last_write_time(file, unknown);
    };
    std::ranges::sort(files, std::ranges::greater(), age);
    return files;
}

void DatasetRecovery::restore(const std::filesystem::path& file)
{
    m_dataset.recover(file);
    // Once, unless it was cancelled, failed or gave way to another data set before: then work has changed.
    auto* once = new QObject(this);
    const auto giveUp = [this, once] {
        m_dataset.disconnect(once);
        once->deleteLater();
    };
    connect(&m_dataset, &DatasetDocument::replaced, once, [this, giveUp, file] {
        giveUp();
        m_restored = file;
        keep();
    });
    connect(&m_dataset, &DatasetDocument::workChanged, once, giveUp);
}

} // namespace ocellus
