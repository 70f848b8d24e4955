// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <QStringList>

#include "app/cli/output_plan.h"
#include "app/cli/patch_shelf.h"
#include "app/cli/query_parser.h"
#include "app/cli/terminal_progress.h"
#include "core/data/class_matching.h"
#include "core/engine/engine.h"
#include "core/explain/model_probe.h"
#include "core/image/decode.h"
#include "ui/figures/model_matrix.h"

namespace ocellus {

/// Sets several models beside each other: for each picture a figure and a table of numbers, a row a model.
class ModelsRun {
public:
    struct Settings {
        EngineOptions engine;
        std::vector<QueryTerm> terms;                ///< of the first model's classes; the first class is shown
        std::optional<PreprocessOptions> preprocess; ///< without it each model's own
        DecodeOptions decode;
        OverlayRule overlay = OverlayRule::Transparent;
        bool boxes = false;          ///< of prototypes, as published
        std::string figures = "png"; ///< as ExplanationWriter's
        std::optional<int> width;
    };

    /// All of them are opened and stay in memory. Throws what Engine::open throws, and Error(BadArgument) for a bare
    /// backbone.
    ModelsRun(const std::vector<std::filesystem::path>& checkpoints, const std::optional<ClassTable>& given,
              std::optional<FolderOrder> order, Settings settings, const std::stop_token& stop);

    /// ExitSuccess where every picture worked.
    int explainAll(const std::vector<PlannedPicture>& pictures, const std::stop_token& stop);

private:
    struct Member {
        explicit Member(const EngineOptions& options) : engine(options), probe(engine) {}

        Engine engine;
        ModelProbe probe;
        ClassTable table;
        std::unique_ptr<PatchShelf> patches;
    };

    /// Whether all models could be asked; the rows of the others say why not.
    bool explain(const PlannedPicture& planned, TerminalProgress& terminal, const Progress& progress);
    std::optional<int> trueClass(const PlannedPicture& planned) const; ///< the first model's, by the picture's folder
    ModelOfMatrix ask(Member& member, const PlannedPicture& planned, const DecodedPicture& decoded,
                      std::optional<int>& classIndex, const Progress& progress);
    void write(const PlannedPicture& planned, const MapMatrix& matrix) const;

    Settings m_settings;
    std::vector<std::unique_ptr<Member>> m_members;
    QStringList m_titles;
    std::unique_ptr<const ClassFinder> m_classes; ///< of the first
};

} // namespace ocellus
