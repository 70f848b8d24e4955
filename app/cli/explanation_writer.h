// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/output_plan.h"
#include "app/cli/patch_shelf.h"
#include "app/cli/query_parser.h"
#include "app/cli/source_choice.h"
#include "core/base/progress.h"
#include "core/data/class_table.h"
#include "core/engine/engine.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"
#include "core/io/npz_writer.h"
#include "ui/figures/figure_writer.h"

namespace ocellus {

/// What the model found out about one picture, before any of it is written.
struct PictureResult {
    std::shared_ptr<const DecodedPicture> decoded;
    Size inputSize; ///< of the model's input
    Size pictureSize;
    std::shared_ptr<const Decoding> decoding;
    QueryClasses queries;
    std::vector<std::vector<SourceMap>> maps;  ///< by source, of the queries' classes
    std::map<int, std::vector<int>> blurRanks; ///< of the heads, by class; empty where not known
};

/// Draws and writes the arrays and figures of explained pictures, on any thread and on several at once.
class ExplanationWriter {
public:
    struct Settings {
        std::optional<int> layer; ///< from 0; nothing: all, and the figure shows the last
        PreprocessOptions preprocess;
        FigureStyle style = FigureStyle::Honest;
        OverlayRule overlay = OverlayRule::Transparent; ///< of honest figures
        bool boxes = false;                             ///< of prototypes, as published
        std::string figures = "png";                    ///< their format: "png", "pdf", "svg" or "none"
        std::optional<int> width;                       ///< of figures, in pixels; nothing: what a page needs
        ArrayCompression compression = ArrayCompression::None;
    };

    /// The sources outlive it.
    ExplanationWriter(ModelDescription model, ClassTable table, const SourceChoice& sources, Settings settings);

    /// Needs a QGuiApplication for figures. Throws Error: Unreadable, Cancelled, and what drawing throws.
    void write(const PlannedPicture& planned, const PictureResult& explained, const Progress& progress) const;

    const PatchShelf& patches() const { return m_patches; }

private:
    /// But for the class.
    Explanation explanationOf(const PlannedPicture& planned, const PictureResult& explained) const;
    void draw(const std::filesystem::path& path, const Figure& figure) const;

    ModelDescription m_model;
    PatchShelf m_patches;
    ClassTable m_table;
    const SourceChoice& m_sources;
    Settings m_settings;
};

} // namespace ocellus
