// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/evaluation_ledger.h"
#include "app/cli/picture_measure.h"
#include "app/cli/terminal_progress.h"
#include "core/analysis/evaluation.h"
#include "core/analysis/novelty_study.h"
#include "core/data/class_table.h"
#include "core/data/labelled_pictures.h"
#include "core/engine/engine.h"
#include "core/evaluation/comparison_report.h"
#include "core/evaluation/picture_asking.h"

namespace ocellus {

/// Names pictures of known classes with an open model, several at a time; what is written and said is the same as one
/// after the other. One that fails is reported and left out.
class EvaluateRun {
public:
    struct Settings {
        ClassTable table;
        AskingSettings asking;
        std::string fingerprint; ///< of the model and of all that outcomes depend on, beside the picture
        bool resume = false;     ///< leave out what an earlier run's ledger knows; not with measures
        std::size_t atATime = 1; ///< pictures that are named; with measures, that are read
    };

    struct Result {
        Evaluation evaluation;
        std::vector<std::string> leftOut; ///< pictures that failed
        RemarkCounts remarks;
        int measureFailures = 0; ///< pictures that were named, but not counted by a measure that failed
        int kept = 0;            ///< pictures that an earlier run had named
        double seconds = 0;
        std::vector<double> energies;    ///< of every picture that was named, see energy()
        std::vector<AskedPicture> asked; ///< every picture that was named, but those that an earlier run had named
        std::vector<std::string> names;  ///< theirs

        /// As long as this and the table are there.
        NamedPictures namedBy(const ClassTable& table) const;
    };

    /// The engine has a model; it and the measures outlive the run.
    EvaluateRun(Engine& engine, Settings settings, std::vector<PictureMeasure*> measures);

    /// Writes a line of CSV for each picture to `folder`/pictures.csv, when all is done, and the ledger that
    /// Settings::resume needs to `folder`/ledger.csv. After a stop nothing, and the ledger alone.
    /// Throws Error: Unreadable where a file cannot be written, Damaged where the ledger cannot be read.
    std::optional<Result> evaluateAll(const std::vector<LabelledPicture>& pictures, const std::filesystem::path& folder,
                                      const std::stop_token& stop);

    /// What the model says of pictures of none of its classes; those that fail are told and left out. Nothing after a
    /// stop.
    std::optional<std::vector<AskedPicture>> askAll(const std::vector<ImageFile>& pictures,
                                                    const std::stop_token& stop);

private:
    /// A picture as the model takes it.
    struct ReadPicture {
        std::string hash;
        bool isKept = false; ///< the ledger knows it: nothing else is here
        PreparedPicture prepared;
    };

    /// What the model said of a picture.
    struct AnsweredPicture {
        EvaluatedPicture evaluated;
        std::shared_ptr<const Encoding> encoding;
        std::shared_ptr<const Decoding> decoding; ///< null where the ledger knew the answer
    };

    /// A picture with what the model said of it; with measures that is asked for later, from the thread of the run.
    struct ReadyPicture {
        ReadPicture read;
        std::optional<AnsweredPicture> answered;
    };

    ReadyPicture makeReady(const LabelledPicture& picture, const Progress& progress) const;
    ReadPicture read(const LabelledPicture& picture) const;
    AnsweredPicture answer(const LabelledPicture& picture, const ReadPicture& read, const Progress& progress) const;
    EvaluatedPicture evaluate(const LabelledPicture& picture, ReadyPicture ready, TerminalProgress& terminal,
                              const std::stop_token& stop, Result& result);
    void add(const EvaluatedPicture& evaluated, Result& result) const;
    void writeLedger(const std::filesystem::path& path, std::string lines, const std::set<std::string>& met) const;
    void measure(const NamedPicture& named, TerminalProgress& terminal, const Progress& progress, Result& result);

    Engine& m_engine;
    Settings m_settings;
    std::vector<PictureMeasure*> m_measures;
    std::map<std::string, EvaluatedPicture> m_earlier; ///< not changed once pictures are read
};

} // namespace ocellus
