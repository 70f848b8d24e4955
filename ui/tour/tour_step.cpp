// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tour_step.h"

#include <array>

#include <QtGlobal>

namespace ocellus {

namespace {

using enum TourStep::Picture;
using enum TourStep::Subject;
using enum TourStep::Place;

constexpr std::array steps{
    TourStep{QT_TRANSLATE_NOOP("ocellus::Tour", "One specimen"),
             QT_TRANSLATE_NOOP("ocellus::Tour",
                               "You see an invented butterfly, drawn as {species}. For each species that it knows, the "
                               "model searches the picture for what that species looks like. Each tile is one head, "
                               "one such search, here for {shown}: the cells with the brightest colour weigh most. The "
                               "last tile is the mean of the {heads} heads. Hold H to see the butterfly alone."),
             Original, false, Prediction, Tiles},
    TourStep{QT_TRANSLATE_NOOP("ocellus::Tour", "The class list"),
             QT_TRANSLATE_NOOP("ocellus::Tour",
                               "Best in the list of classes is {prediction} with a logit of {logit} and a probability "
                               "of {p}; next comes {second} with {secondLogit} and {secondP}. A logit is the model's "
                               "raw score: only differences between classes mean something. Choose another class, and "
                               "the tiles show where that one would look."),
             Original, false, Prediction, Classes},
    TourStep{QT_TRANSLATE_NOOP("ocellus::Tour", "Only its mimics"),
             QT_TRANSLATE_NOOP("ocellus::Tour",
                               "{others} look like {species} but for small marks. Now only these {ringCount} of "
                               "{classes} classes take part (limit: zero), so what they share no longer helps. The "
                               "crosshair is at the strongest cell of the chosen tile, {head}, {rank}: it lies "
                               "{where}. {unlimited}"),
             Original, true, Species, Tiles},
    TourStep{QT_TRANSLATE_NOOP("ocellus::Tour", "The same butterfly, one mark changed"),
             QT_TRANSLATE_NOOP("ocellus::Tour",
                               "This is the same individual, drawn as {partner}; nothing but the mark differs. "
                               "Before, the best class was {before} with a probability of {beforeP}; now it is "
                               "{prediction} with {p}. The crosshair is at the strongest cell of {head}, {rank}: it "
                               "lies {where}."),
             Redrawn, true, Prediction, Tiles},
    TourStep{QT_TRANSLATE_NOOP("ocellus::Tour", "Your own pictures"),
             QT_TRANSLATE_NOOP(
                 "ocellus::Tour",
                 "The limit is off again, and the best of all {classes} classes is {prediction}. The "
                 "list of pictures holds more specimens, each with the model's name and its folder's. For your "
                 "own, choose File, Open Checkpoint, then File, Open Pictures, or drop the files on the "
                 "window. F1 opens the glossary; Help, Tour starts this tour again."),
             Redrawn, false, Prediction, Pictures},
};

} // namespace

std::span<const TourStep> tourSteps()
{
    return steps;
}

} // namespace ocellus
