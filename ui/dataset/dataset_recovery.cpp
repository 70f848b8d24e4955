// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_recovery.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include <QCoreApplication>

#include "core/dataset/dataset_file.h"
#include "ui/dataset/dataset_document.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

constexpr int pause = 1500; ///< milliseconds after the last of several decisions
constexpr const char* prefix = "dataset-";

/// Of "dataset-1234.ocellus-dataset"; 0 for another name.
qint64 writerOf(const std::filesystem::path& file)
{
    const QString name = toQString(file.filename());
    const QString begin = QLatin1String(prefix), end = QLatin1String(datasetExtension);
    return name.startsWith(begin) && name.endsWith(end)
               ? name.mid(begin.size(), name.size() - begin.size() - end.size()).toLongLong()
               : 0;
}

bool isAlive(qint64 process)
{
    return kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM;
}

} // namespace

DatasetRecovery::DatasetRecovery(DatasetDocument& dataset, std::filesystem::path folder, QObject* parent)
    : QObject(parent),
      m_dataset(dataset),
      m_folder(std::move(folder)),
      m_file(m_folder / (prefix + std::to_string(QCoreApplication::applicationPid()) + datasetExtension)),
      m_writing(std::in_place, this)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &DatasetRecovery::keep);
    connect(&dataset, &DatasetDocument::fileChanged, this, [this] {
        if (m_dataset.isUnsaved())
            m_pause.start();
        else
            forget();
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
        },
        [](const Failure&) {}); // the next decision tries again; closing asks anyway
}

std::vector<std::filesystem::path> DatasetRecovery::found() const
{
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, none))
        if (const qint64 process = writerOf(entry.path()); process > 0 && !isAlive(process))
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
    // Once: it is there as unsaved work when the new data set is.
    auto* once = new QObject(this);
    connect(&m_dataset, &DatasetDocument::replaced, once, [this, once, file] {
        once->deleteLater();
        std::error_code none;
        std::filesystem::remove(file, none);
        keep();
        emit changed();
    });
    m_dataset.recover(file);
}

} // namespace ocellus
