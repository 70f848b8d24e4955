// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <exception>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/explanation_writer.h"
#include "app/cli/summary_csv.h"
#include "app/cli/summary_reader.h"
#include "app/cli/terminal_progress.h"

namespace ocellus {

/// Explains pictures with an open model: while it works on one, the next is read and the last is drawn and written. One
/// that fails is reported and the rest goes on; what is written and said is the same as one after the other.
class ExplainRun {
public:
    /// What holds for every picture; checked against the model before.
    struct Settings {
        QuerySet set;
        std::vector<QueryTerm> terms; ///< resolved
        ClassTable table;
        DecodeOptions decode;
        ExplanationWriter::Settings output;
        std::string fingerprint;   ///< of the model and of all that the results depend on, beside the picture
        bool summaryOfPart = true; ///< after a stop; without it what is done is kept in another file, for `resume`
        bool resume = false;       ///< leave out what an earlier run's summary says is complete and unchanged
    };

    /// The engine has a model; it and the sources, which have maps of it, outlive the run.
    ExplainRun(Engine& engine, const SourceChoice& sources, Settings settings);

    /// ExitSuccess where every picture and the summary worked. After a stop the summary holds what is done,
    /// or lies beside its place under another name.
    /// Throws Error: Unreadable where the summary cannot be begun, Damaged where an earlier one cannot be read.
    int explainAll(const std::vector<PlannedPicture>& pictures, const std::filesystem::path& summaryPath,
                   const std::stop_token& stop);

private:
    /// A picture as the model takes it.
    struct ReadPicture {
        std::string hash;
        bool isKept = false; ///< an earlier run's results are complete and unchanged: nothing else is here
        std::shared_ptr<const DecodedPicture> decoded;
        ModelInput input;
    };

    /// How far the run is; belongs to the thread that writes.
    struct Tally {
        std::size_t done = 0, worked = 0, kept = 0;
        bool allWorked = true;
        RemarkCounts remarks;
        std::set<std::string> met; ///< by name; none of them is taken from the earlier summary at the end
    };

    ReadPicture read(const PlannedPicture& planned) const;
    bool isComplete(const PlannedPicture& planned, const std::string& hash) const;
    PictureResult explain(ReadPicture read, const Progress& progress);
    /// What is left to do of one picture behind the model; never throws.
    void finish(const PlannedPicture& planned, const std::string& hash, const PictureResult& explained,
                TerminalProgress& terminal, const std::stop_token& stop);
    void keep(const PlannedPicture& planned, TerminalProgress& terminal);
    void fail(const PlannedPicture& planned, const std::exception_ptr& failure, TerminalProgress& terminal,
              const std::stop_token& stop);
    void commit(const std::filesystem::path& summaryPath, bool isStopped);

    Engine& m_engine;
    ModelProbe m_probe;
    const SourceChoice& m_sources;
    Settings m_settings;
    ExplanationWriter m_writer;
    std::map<std::string, SummarisedPicture> m_earlier; ///< by name; not changed once pictures are read
    std::optional<SummaryCsv> m_summary;
    Tally m_tally;
};

} // namespace ocellus
