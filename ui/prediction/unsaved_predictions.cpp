// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/unsaved_predictions.h"

#include <system_error>
#include <utility>

#include "core/data/text_file.h"
#include "core/io/atomic_file.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace fs = std::filesystem;

UnsavedPredictions::UnsavedPredictions(const fs::path& folder, Sheet sheet, QObject* parent)
    : QObject(parent),
      m_sheet(std::move(sheet)),
      m_reading(this)
{
    constexpr int restOfTheHand = 500, mostWindows = 9; // ms
    m_delay.setSingleShot(true);
    m_delay.setInterval(restOfTheHand);
    connect(&m_delay, &QTimer::timeout, this, &UnsavedPredictions::write);
    connect(&m_writer, &Exporter::failed, this, &UnsavedPredictions::failed);
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    for (int window = 1; window <= mostWindows && m_file.empty(); ++window) {
        const fs::path file = folder / ("predictions-" + std::to_string(window) + ".json");
        m_lock = std::make_unique<QLockFile>(toQString(file) + QStringLiteral(".lock"));
        m_lock->setStaleLockTime(0); // a program may be open for days
        if (m_lock->tryLock())
            m_file = file;
    }
}

UnsavedPredictions::~UnsavedPredictions()
{
    if (m_delay.isActive())
        write(); // the writer waits for it
}

void UnsavedPredictions::restore()
{
    std::error_code ignored;
    if (m_file.empty() || !fs::exists(m_file, ignored))
        return;
    constexpr std::uintmax_t mostBytes = std::uintmax_t{1} << 30;
    m_reading.read<PredictionSheet>(
        Step::Session,
        [file = m_file] { return sheetIn(readTextFile(file, "predictions", mostBytes).text, file.string()); },
        [this](const PredictionSheet& sheet) {
            setUnsaved(true);
            emit found(sheet);
        },
        [this](const Failure& failure) { emit failed(failure); });
}

void UnsavedPredictions::noteCorrection()
{
    m_delay.start();
    setUnsaved(true);
}

void UnsavedPredictions::noteSaved()
{
    m_delay.stop();
    m_reading.drop();
    setUnsaved(false);
    // Behind what is being written.
    if (!m_file.empty())
        m_writer.write(toQString(m_file), [file = m_file] {
            std::error_code ignored;
            fs::remove(file, ignored);
        });
}

void UnsavedPredictions::write()
{
    if (!m_file.empty())
        m_writer.write(toQString(m_file),
                       [file = m_file, sheet = m_sheet()] { writeFileAtomically(file, textOf(sheet)); });
}

void UnsavedPredictions::setUnsaved(bool unsaved)
{
    if (std::exchange(m_unsaved, unsaved) != unsaved)
        emit unsavedChanged(unsaved);
}

} // namespace ocellus
