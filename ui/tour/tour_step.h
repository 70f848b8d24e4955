// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace ocellus {

/// What one step of the tour says and asks for, and what the window has to show for it.
struct TourStep {
    enum class Subject { Prediction, Species }; ///< whose maps are shown
    enum class Place { Tiles, Classes, Edits, Controls, Pictures };
    enum class Task {
        None,
        TakeOff,       ///< edit the picture until the model names another species than the one it is of
        PaintElsewhere ///< edit it once more
    };

    const char* title;    ///< to be translated in the context ocellus::Tour
    const char* text;     ///< the same; names in braces stand for what TourFacts knows
    bool limited = false; ///< to the ring of the pair's species, by `zero`
    Subject subject = Subject::Prediction;
    Place place = Place::Tiles; ///< what must be seen
    Task task = Task::None;
};

std::span<const TourStep> tourSteps();

} // namespace ocellus
