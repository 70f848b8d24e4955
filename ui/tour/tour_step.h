// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace ocellus {

/// What one step of the tour says, and what the window has to show for it.
struct TourStep {
    enum class Picture { Original, Redrawn };
    enum class Subject { Prediction, Species }; ///< whose maps are shown
    enum class Place { Tiles, Classes, Pictures };

    const char* title; ///< to be translated in the context ocellus::Tour
    const char* text;  ///< the same; names in braces stand for what TourFacts knows
    Picture picture = Picture::Original;
    bool limited = false; ///< to the ring of the pair's species, by `zero`
    Subject subject = Subject::Prediction;
    Place place = Place::Tiles; ///< what must be seen
};

std::span<const TourStep> tourSteps();

} // namespace ocellus
