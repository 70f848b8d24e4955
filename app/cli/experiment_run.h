// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <filesystem>
#include <stop_token>
#include <vector>

#include <QString>

#include "core/base/write_behind.h"
#include "core/data/class_table.h"
#include "core/experiment/edit_experiment.h"
#include "ui/figures/contact_sheet.h"

namespace ocellus {

/// Takes pictures in their order through an experiment; writes a line of CSV each, and contact sheets. The next picture
/// is read, and a sheet drawn, meanwhile.
class ExperimentRun {
public:
    struct Settings {
        ClassTable table;
        int sheets = 0; ///< at most
        QString title;  ///< of the sheets
        QString madeBy;
        std::filesystem::path out;
    };

    /// Engine and experiment outlive the run.
    ExperimentRun(Engine& engine, const EditExperiment& experiment, Settings settings);

    /// A row for each picture that was finished before `stop`, in their order; out/pictures.csv holds the same.
    /// Needs a QGuiApplication. Throws Error(Unreadable) where a file cannot be written.
    std::vector<ExperimentRow> runAll(const std::vector<ExperimentPicture>& pictures, const std::stop_token& stop);

private:
    void addToSheet(const ExperimentResult& result, WriteBehind& behind);
    void writeSheet(WriteBehind& behind);

    Engine& m_engine;
    const EditExperiment& m_experiment;
    Settings m_settings;
    ContactSheet m_sheet;
    int m_sheetsWritten = 0;
    std::exception_ptr m_sheetFailure; ///< the first; of the thread that draws, until it has ended
};

/// Takes an earlier run's contact sheets away, so that none passes for this run's.
void removeSheets(const std::filesystem::path& out);

} // namespace ocellus
