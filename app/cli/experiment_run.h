// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <exception>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <QString>

#include "app/cli/experiment_ledger.h"
#include "core/base/write_behind.h"
#include "core/data/class_table.h"
#include "core/experiment/edit_experiment.h"
#include "ui/figures/contact_sheet.h"

namespace ocellus {

/// Takes pictures in their order through an experiment; writes a line of CSV each, and contact sheets. The next picture
/// is read, and a sheet drawn, meanwhile. What is found is kept in a ledger, from which a later run goes on.
class ExperimentRun {
public:
    struct Settings {
        ClassTable table;
        int sheets = 0; ///< at most
        QString title;  ///< of the sheets
        QString madeBy;
        std::filesystem::path out;
        std::string fingerprint; ///< of the model and of all that rows depend on, beside the picture
        bool resume = false;     ///< leave out what an earlier run's ledger knows
    };

    /// Engine and experiment outlive the run.
    ExperimentRun(Engine& engine, const EditExperiment& experiment, Settings settings);

    /// A row for each picture that was finished before `stop`, in their order; out/pictures.csv holds the same.
    /// out/ledger.jsonl has those that did not fail, and after a stop what an earlier run knew of the rest.
    /// Needs a QGuiApplication. Throws Error(Unreadable) where a file cannot be written or the ledger not be read.
    std::vector<ExperimentRow> runAll(const std::vector<ExperimentPicture>& pictures, const std::stop_token& stop);

    /// Rows of the last run that an earlier one had found.
    std::size_t kept() const { return m_kept; }

private:
    /// A picture as it comes to the model; not decoded where the ledger knows what it said.
    struct ReadPicture {
        std::string hash;
        std::optional<DecodedPicture> decoded;
    };

    /// What is found in a picture, and on sheets its thumbnails.
    struct FinishedPicture {
        std::string hash;
        ExperimentLedger::Entry entry;
        bool isKept = false; ///< from the earlier run's ledger
    };

    ReadPicture read(const ExperimentPicture& picture) const;
    FinishedPicture finish(const ExperimentPicture& picture, ReadPicture read, const Progress& progress);
    bool isForSheet() const { return m_sheetsWritten < m_settings.sheets; }
    void addToSheet(ExperimentLedger::Entry entry, WriteBehind& behind);
    void writeSheet(WriteBehind& behind);

    Engine& m_engine;
    const EditExperiment& m_experiment;
    Settings m_settings;
    ContactSheet m_sheet;
    int m_sheetsWritten = 0;
    std::optional<ExperimentLedger> m_ledger;
    std::size_t m_kept = 0;
    std::exception_ptr m_sheetFailure; ///< the first; of the thread that draws, until it has ended
};

/// Takes an earlier run's contact sheets away, so that none passes for this run's.
void removeSheets(const std::filesystem::path& out);

} // namespace ocellus
