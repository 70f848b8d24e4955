// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/experiment_run.h"

#include <optional>
#include <utility>

#include "app/cli/console.h"
#include "app/cli/terminal_progress.h"
#include "core/base/error.h"
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
    AtomicFile csv(m_settings.out / "pictures.csv");
    csv.write(experimentHeader());
    TerminalProgress terminal(pictures.size());
    std::vector<ExperimentRow> rows;
    m_sheetFailure = nullptr;
    std::optional<WriteBehind> behind(sheetsBehind);
    ReadAhead<DecodedPicture> pictureAt(pictures.size(), picturesAhead,
                                        [&](std::size_t index) { return m_experiment.read(pictures[index]); });
    for (const ExperimentPicture& picture : pictures) {
        terminal.begin(rows.size(), picture.file.relative.generic_string());
        ExperimentResult result;
        try {
            result = m_experiment.run(m_engine, picture, pictureAt.next(), terminal.progress(stop));
        } catch (const std::exception& error) {
            terminal.clear();
            if (stop.stop_requested())
                break;
            result = {};
            result.row.picture = picture.file.relative.generic_string();
            result.row.error = describe(error, picture.file.path.string());
            printError(result.row.error);
        }
        csv.write(experimentLine(result.row, m_settings.table));
        if (result.row.isDone())
            addToSheet(result, *behind);
        rows.push_back(std::move(result.row));
    }
    terminal.clear();
    csv.commit();
    writeSheet(*behind);
    behind.reset();
    if (m_sheetFailure)
        std::rethrow_exception(m_sheetFailure);
    return rows;
}

void ExperimentRun::addToSheet(const ExperimentResult& result, WriteBehind& behind)
{
    if (m_sheetsWritten == m_settings.sheets)
        return;
    const ExperimentRow& row = result.row;
    const auto answer = [this](int classIndex, double probability) {
        const std::string& name = m_settings.table.entries[static_cast<std::size_t>(classIndex)].name;
        return answerText(QString::fromStdString(displayName(name)), probability);
    };
    m_sheet.entries.push_back({sheetThumbnail(result.before), sheetThumbnail(result.after),
                               QString::fromStdString(row.picture),
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
