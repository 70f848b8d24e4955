// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tour_step.h"

#include <array>

#include <QtGlobal>

namespace ocellus {

namespace {

using enum TourStep::Subject;
using enum TourStep::Place;
using enum TourStep::Task;

constexpr std::array steps{
    TourStep{QT_TRANSLATE_NOOP("ocellus::Tour", "Look"),
             QT_TRANSLATE_NOOP("ocellus::Tour",
                               "This butterfly is a {species}. The model says {prediction}. How does it know? For each "
                               "species it searches the picture with {heads} heads, each like a pair of eyes. A tile "
                               "shows where one head looks: the stronger the colour, the more that place counts. The "
                               "cross is where {head} looks hardest: {where}. Hold H to see the butterfly alone."),
             false, Species, Tiles, None},
    TourStep{QT_TRANSLATE_NOOP("ocellus::Tour", "Limit"),
             QT_TRANSLATE_NOOP("ocellus::Tour",
                               "{others} look almost the same. Now the model has to choose between these {ringCount} "
                               "only, as you would with the right page of a field guide: the other {leftOut} species "
                               "are left out. It says {prediction}. Click another species in the list, and the tiles "
                               "show where the model looks for that one."),
             true, Species, Classes, None},
    TourStep{QT_TRANSLATE_NOOP("ocellus::Tour", "Take the mark off"),
             QT_TRANSLATE_NOOP("ocellus::Tour",
                               "Is it really the mark? Take it off and see. Press Q for the lasso and draw a line "
                               "around the mark on one wing; hold Alt and do the same on the other wing. Then click "
                               "Remove under Edit: the wing grows over the mark. Watch the name at the top of the "
                               "list of classes."),
             false, Prediction, Edits, TakeOff},
    TourStep{
        QT_TRANSLATE_NOOP("ocellus::Tour", "Paint it elsewhere"),
        QT_TRANSLATE_NOOP("ocellus::Tour",
                          "Does the place matter? Click New region, draw around a patch of the same size on "
                          "another part of both wings, and click Take colour. Choose the colour that the mark had. "
                          "Undo with Ctrl+Z and try other places and other colours."),
        false, Prediction, Edits, PaintElsewhere},
    TourStep{QT_TRANSLATE_NOOP("ocellus::Tour", "Ask for controls"),
             QT_TRANSLATE_NOOP("ocellus::Tour",
                               "Would any edit have done that? A fair test needs controls: the same edit, just as "
                               "large, at other places of the butterfly. Choose your first edit in the list of edits "
                               "and click Draw controls. Each dot is one control. If your edit lies far away from all "
                               "of them, it was the mark and not the editing."),
             false, Prediction, Controls, None},
    TourStep{QT_TRANSLATE_NOOP("ocellus::Tour", "Done"),
             QT_TRANSLATE_NOOP(
                 "ocellus::Tour",
                 "You have looked, limited, edited and controlled: that is how one finds out what a model goes by. The "
                 "list of pictures holds more butterflies; each species has a plain look-alike. For your own pictures "
                 "choose File, Open checkpoint, then File, Open pictures, or drop the files on the window. F1 opens "
                 "the glossary; Help, Tour starts this tour again."),
             false, Prediction, Pictures, None},
};

} // namespace

std::span<const TourStep> tourSteps()
{
    return steps;
}

} // namespace ocellus
