// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/cli/output_plan.h"
#include "app/cli/query_parser.h"
#include "app/cli/source_choice.h"
#include "core/base/progress.h"
#include "core/data/class_table.h"
#include "core/engine/engine.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"
#include "ui/figures/figure_writer.h"

namespace ocellus {

/// Explains pictures one after the other with an open model; one that fails is reported and the rest goes on.
class ExplainRun {
public:
    /// What holds for every picture; checked against the model before.
    struct Settings {
        QuerySet set;
        std::vector<QueryTerm> terms; ///< resolved
        ClassTable table;
        std::optional<int> layer; ///< from 0; nothing: all, and the figure shows the last
        PreprocessOptions preprocess;
        DecodeOptions decode;
        FigureStyle style = FigureStyle::Honest;
        OverlayRule overlay = OverlayRule::Transparent; ///< of honest figures
        bool summaryOfPart = true;                      ///< after a stop; without it there is none then
    };

    /// The engine has a model; it and the sources, which have maps of it, outlive the run.
    ExplainRun(Engine& engine, const SourceChoice& sources, Settings settings);

    /// ExitSuccess where every picture and the summary worked. After a stop the summary holds what is done,
    /// or is not written.
    /// Throws Error(Unreadable) where the summary cannot be begun.
    int explainAll(const std::vector<PlannedPicture>& pictures, const std::filesystem::path& summaryPath,
                   const std::stop_token& stop);

private:
    std::shared_ptr<const Decoding> explain(const PlannedPicture& planned, PictureFacts& facts,
                                            const Progress& progress);
    /// But for the class.
    Explanation explanationOf(const PlannedPicture& planned, const DecodedPicture& decoded,
                              const std::shared_ptr<const Decoding>& decoding) const;
    void printResult(const PlannedPicture& planned, const Decoding& decoding) const;

    Engine& m_engine;
    ModelProbe m_probe;
    const SourceChoice& m_sources;
    Settings m_settings;
};

} // namespace ocellus
