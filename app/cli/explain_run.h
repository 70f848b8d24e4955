// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <exception>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
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

/// Explains pictures with an open model, several at a time. One that fails is reported and the rest goes on; what is
/// written and said is the same as one after the other.
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
        std::size_t atATime = 1;   ///< pictures; sources but the heads still have the model one after the other
    };

    /// The engine has a model; it and the sources, which have maps of it, outlive the run.
    ExplainRun(Engine& engine, const SourceChoice& sources, Settings settings);

    /// ExitSuccess where every picture and the summary worked. After a stop the summary holds what is done,
    /// or lies beside its place under another name.
    /// Throws Error: Unreadable where the summary cannot be begun, Damaged where an earlier one cannot be read.
    int explainAll(const std::vector<PlannedPicture>& pictures, const std::filesystem::path& summaryPath,
                   const std::stop_token& stop);

private:
    /// What is left of a picture whose files are written.
    struct ExplainedPicture {
        std::string hash;
        bool isKept = false; ///< an earlier run's results are complete and unchanged: nothing else is here
        PictureFacts facts;
        std::shared_ptr<const Decoding> decoding;
    };

    /// How far the run is.
    struct Tally {
        std::size_t done = 0, worked = 0, kept = 0;
        bool allWorked = true;
        RemarkCounts remarks;
        std::set<std::string> met; ///< by name; none of them is taken from the earlier summary at the end
    };

    /// Safe to call from several threads at once.
    ExplainedPicture explain(const PlannedPicture& planned, const Progress& progress);
    PictureResult resultOf(DecodedPicture decoded, const Progress& progress);
    bool isComplete(const PlannedPicture& planned, const std::string& hash) const;
    void add(const PlannedPicture& planned, const ExplainedPicture& explained, TerminalProgress& terminal);
    void fail(const PlannedPicture& planned, const std::exception_ptr& failure, TerminalProgress& terminal,
              const std::stop_token& stop);
    void commit(const std::filesystem::path& summaryPath, bool isStopped);

    Engine& m_engine;
    std::mutex m_probing; ///< held while sources but the heads have the model
    ModelProbe m_probe;
    const SourceChoice& m_sources;
    Settings m_settings;
    ExplanationWriter m_writer;
    std::map<std::string, SummarisedPicture> m_earlier; ///< by name; not changed once pictures are read
    std::optional<SummaryCsv> m_summary;
    Tally m_tally;
};

} // namespace ocellus
