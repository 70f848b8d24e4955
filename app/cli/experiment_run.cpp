// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/experiment_run.h"

#include <optional>
#include <utility>

#include "app/cli/console.h"
#include "app/cli/terminal_progress.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/read_ahead.h"
#include "core/experiment/experiment_report.h"
#include "core/io/atomic_file.h"
#include "ui/figures/figure_writer.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr int mostSheets = 1'000;
constexpr std::size_t picturesAhead = 2; ///< read and waiting for the model
constexpr std::size_t sheetsBehind = 2;  ///< waiting to be drawn, or on the way
constexpr std::size_t hashDigits = 32;

fs::path sheetPath(const fs::path& out, int number)
{
    return out / ("sheet-" + std::to_string(number) + ".png");
}

} // namespace

ExperimentRun::ExperimentRun(Engine& engine, const EditExperiment& experiment, Settings settings)
    : m_engine(engine),
      m_experiment(experiment),
      m_settings(std::move(settings))
{
    m_sheet.title = m_settings.title;
    m_sheet.madeBy = m_settings.madeBy;
}

std::vector<ExperimentRow> ExperimentRun::runAll(const std::vector<ExperimentPicture>& pictures,
                                                 const std::stop_token& stop)
{
    using Beginning = ExperimentLedger::Beginning;
    m_ledger.emplace(m_settings.out / "ledger.jsonl", m_settings.table.count(),
                     m_settings.resume ? Beginning::Resumed : Beginning::Anew);
    if (!m_ledger->damage().empty())
        printError(m_ledger->damage());
    m_kept = 0;
    AtomicFile csv(m_settings.out / "pictures.csv");
    csv.write(experimentHeader());
    TerminalProgress terminal(pictures.size());
    std::vector<ExperimentRow> rows;
    m_sheetFailure = nullptr;
    std::optional<WriteBehind> behind(sheetsBehind);
    ReadAhead<ReadPicture> pictureAt(pictures.size(), picturesAhead,
                                     [&](std::size_t index) { return read(pictures[index]); });
    for (const ExperimentPicture& picture : pictures) {
        terminal.begin(rows.size(), picture.file.relative.generic_string());
        FinishedPicture finished;
        ExperimentRow& row = finished.entry.row;
        try {
            finished = finish(picture, pictureAt.next(), terminal.progress(stop));
        } catch (const std::exception& error) {
            terminal.clear();
            if (stop.stop_requested())
                break;
            row.picture = picture.file.relative.generic_string();
            row.error = describe(error, picture.file.path.string());
            printError(row.error);
        }
        csv.write(experimentLine(row, m_settings.table));
        if (!finished.isKept && row.error.empty())
            m_ledger->add(finished.hash, finished.entry);
        m_kept += finished.isKept;
        rows.push_back(row);
        if (row.isDone())
            addToSheet(std::move(finished.entry), *behind);
    }
    terminal.clear();
    csv.commit();
    writeSheet(*behind);
    behind.reset();
    if (m_sheetFailure)
        std::rethrow_exception(m_sheetFailure);
    return rows;
}

ExperimentRun::ReadPicture ExperimentRun::read(const ExperimentPicture& picture) const
{
    ReadPicture read{sha256(m_settings.fingerprint + m_experiment.fingerprint(picture)).substr(0, hashDigits), {}};
    if (!m_ledger->has(read.hash))
        read.decoded = m_experiment.read(picture);
    return read;
}

ExperimentRun::FinishedPicture ExperimentRun::finish(const ExperimentPicture& picture, ReadPicture read,
                                                     const Progress& progress)
{
    progress.throwIfStopped();
    if (std::optional<ExperimentLedger::Entry> known = m_ledger->entry(read.hash)) {
        // Names need not be UTF-8, as the ledger is; and on a sheet may come what was on none before.
        known->row.picture = picture.file.relative.generic_string();
        if (!known->row.isDone() || !isForSheet() || known->hasThumbnails())
            return {std::move(read.hash), std::move(*known), true};
    }
    if (!read.decoded)
        read.decoded = m_experiment.read(picture);
    ExperimentResult result = m_experiment.run(m_engine, picture, std::move(*read.decoded), progress);
    FinishedPicture finished{std::move(read.hash), {std::move(result.row), {}, {}}};
    if (finished.entry.row.isDone() && isForSheet()) {
        finished.entry.before = sheetThumbnail(result.before);
        finished.entry.after = sheetThumbnail(result.after);
    }
    return finished;
}

void ExperimentRun::addToSheet(ExperimentLedger::Entry entry, WriteBehind& behind)
{
    if (!isForSheet())
        return;
    const ExperimentRow& row = entry.row;
    const auto answer = [this](int classIndex, double probability) {
        const std::string& name = m_settings.table.entries[static_cast<std::size_t>(classIndex)].name;
        return answerText(QString::fromStdString(displayName(name)), probability);
    };
    m_sheet.entries.push_back({std::move(entry.before), std::move(entry.after), QString::fromStdString(row.picture),
                               answer(row.predicted.classIndex, row.predicted.before.probability),
                               answer(row.predictedAfter, row.probabilityAfter), row.flipped()});
    if (m_sheet.entries.size() == entriesPerSheet)
        writeSheet(behind);
}

void ExperimentRun::writeSheet(WriteBehind& behind)
{
    if (m_sheet.entries.empty())
        return;
    behind.add([this, path = sheetPath(m_settings.out, ++m_sheetsWritten), sheet = m_sheet] {
        try {
            if (!m_sheetFailure)
                writeFigure(path, figureOf(sheet));
        } catch (...) {
            m_sheetFailure = std::current_exception();
        }
    });
    m_sheet.entries.clear();
}

void removeSheets(const fs::path& out)
{
    std::error_code ignored;
    for (int number = 1; number <= mostSheets && fs::remove(sheetPath(out, number), ignored); ++number)
        continue;
}

} // namespace ocellus
