// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/engine.h"
#include "core/experiment/control_edits.h"
#include "core/experiment/control_statistics.h"
#include "core/experiment/region_finder.h"
#include "core/image/preprocess_options.h"

namespace ocellus {

/// One class before and after an edit.
struct StandingChange {
    int classIndex = 0;
    ClassStanding before, after;

    ClassStanding change() const { return changeOf(before, after); }
};

/// What one control edit did to the class that was predicted before any edit.
struct ControlEffect {
    ClassStanding change;
    bool flipped = false;
};

/// What an experiment found in one picture; nothing but the name where `skipped` or `error` says why.
struct ExperimentRow {
    std::string picture;
    PictureFacts facts;  ///< of its file
    std::string skipped; ///< the recipe has nothing to edit in this picture
    std::string error;

    StandingChange predicted;                ///< the class that is predicted before the edit
    std::optional<StandingChange> trueClass; ///< where it is known
    int predictedAfter = 0;
    double probabilityAfter = 0;                ///< of that class
    double selectedShare = 0, changedShare = 0; ///< of the picture's pixels: in the mask, and of another colour now
    /// Share of the last layer's mean attention of the class predicted before that lies inside the mask; none without
    /// maps.
    std::optional<double> insideBefore, insideAfter;
    std::vector<ControlEffect> controls;
    std::string controlShortfall; ///< "5 of 20 control places", or empty

    bool isDone() const { return skipped.empty() && error.empty(); }
    bool flipped() const { return predictedAfter != predicted.classIndex; }
};

/// Of the change of one number among those of the row's controls; nothing without controls.
std::optional<double> controlP(const ExperimentRow& row, double ClassStanding::*value);

/// A row with the pictures that it is of.
struct ExperimentResult {
    ExperimentRow row;
    Picture before, after; ///< empty where the row is not done
    Mask mask;
};

/// Does a recipe's edit to one picture after the other and asks the model before and after it, and after control edits.
class EditExperiment {
public:
    struct Settings {
        EditRecipe recipe;
        PreprocessOptions preprocess;
        DecodeOptions decode;
        int controls = 0;     ///< a picture, 0 to 1,000
        bool onAnimal = true; ///< controls on the estimated animal, else anywhere
        std::uint64_t seed = 1;
        EncodeUse use = EncodeUse::Followed; ///< what the pictures are to the engine
    };

    /// Throws what RegionFinder throws, and Error(BadArgument) for a number of controls out of range.
    explicit EditExperiment(Settings settings);

    const Settings& settings() const { return m_settings; }
    const std::vector<std::string>& notes() const { return m_regions.notes(); } ///< on the recipe's files

    /// The engine has a model. With EngineOptions::followEdits the edits cost only what they change.
    /// Controls depend on seed, picture's name and edit alone, not on the pictures before.
    /// Throws Error: what decoding the picture, the region, the edit and the engine throw; Cancelled.
    ExperimentResult run(Engine& engine, const ExperimentPicture& picture, const Progress& progress) const;

    /// The same of a picture that was read before, see read().
    ExperimentResult run(Engine& engine, const ExperimentPicture& picture, DecodedPicture decoded,
                         const Progress& progress) const;

    /// SHA-256 of the settings, as far as rows depend on them.
    std::string fingerprint() const;
    /// SHA-256 of what the picture's row depends on beside settings and model: its name and file, and what its region
    /// is made of. Safe while another one runs. Throws Error: NotFound, Unreadable.
    std::string fingerprint(const ExperimentPicture& picture) const;

    /// Reads a picture; safe while another one runs. Throws Error as decodeWithFacts().
    DecodedPicture read(const ExperimentPicture& picture) const;

private:
    std::shared_ptr<const Decoding> ask(Engine& engine, const Picture& picture, const Progress& progress) const;
    void runControls(Engine& engine, ExperimentResult& result, const Edit& edit, const Progress& progress) const;

    Settings m_settings;
    RegionFinder m_regions;
};

} // namespace ocellus
