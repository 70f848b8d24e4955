// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/operation_fields_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <QCoreApplication>

namespace ocellus {

namespace {

/// The span of a slider where it is not what can be typed.
struct Slider {
    double least = 0, most = 0; ///< 0 and 0: what can be typed
    double middle = 0;          ///< 0: halfway
};

struct Row {
    std::string_view operation, field;
    const char* label;
    const char* toolTip;
    const char* suffix = "";
    double factor = 1;
    double step = 1;
    int decimals = 1;
    Slider slider = {};
};

constexpr const char* context = "ocellus::OperationForm";

constexpr std::array rows{
    Row{"inpaint", "method", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Method"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm",
                          "Telea continues colours inwards; Navier-Stokes also continues the lines that end at the "
                          "region")},
    Row{"inpaint",
        "radius",
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Radius"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "How far around a pixel its surroundings are looked at"),
        " px",
        1,
        1,
        1,
        {1, 100, 12}},
    Row{"texture-fill", "patch", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Patch"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm",
                          "Side of the pieces of texture that are compared: larger keeps larger structures"),
        " px", 1, 2, 0},
    Row{"texture-fill", "seed", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Seed"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Another number gives another filling of the same kind")},
    Row{"recolour",
        "hue",
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Hue"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Turns every colour of the region by this angle"),
        "°",
        1,
        1,
        1,
        {-180, 180}},
    Row{"recolour",
        "chroma",
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Saturation"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Times the colour's own: 0 is grey, 1 leaves it as it is"),
        " ×",
        1,
        0.05,
        2,
        {0, 10, 1}},
    Row{"recolour", "lightness", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Lightness"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Added to a perceptual scale from black to white"), " %", 100, 1},
    Row{"take-colour", "colour", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Colour"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "The region takes this colour and keeps its shading")},
    Row{"blur",
        "deviation",
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Width"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Standard deviation of the Gaussian"),
        " px",
        1,
        0.5,
        1,
        {0, 100, 12}},
    Row{"noise",
        "deviation",
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Strength"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Standard deviation of the noise, of values from 0 to 255"),
        "",
        1,
        1,
        1,
        {0, 255, 50}},
    Row{"noise", "seed", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Seed"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Another number gives other noise of the same strength")},
    Row{"mean-fill", "of", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Mean of"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Whose mean colour the region becomes")},
    Row{"copy", "dx", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Across"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "How far to the right of the region the patch is taken"), " px", 1,
        1, 0},
    Row{"copy", "dy", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Down"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "How far below the region the patch is taken"), " px", 1, 1, 0},
    Row{"copy", "poisson", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Blend in"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm",
                          "Poisson blending: the patch keeps its structure and takes the colours around it")},
    Row{"copy", "source", QT_TRANSLATE_NOOP("ocellus::OperationForm", "From"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "The picture that the patch is taken from")},
    Row{"flip", "axis", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Direction"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Which sides of the region change places")},
    Row{"brightness", "shift", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Brightness"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Added to every value, as a share of the largest"), " %", 100, 1},
    Row{"contrast",
        "factor",
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Contrast"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm",
                          "Times every value's distance from the middle: 0 is grey, 1 leaves the picture as it is"),
        " ×",
        1,
        0.05,
        2,
        {0, 10, 1}},
    Row{"crop", "left", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Left"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "The first column that is kept"), " px", 1, 1, 0},
    Row{"crop", "top", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Top"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "The first row that is kept"), " px", 1, 1, 0},
    Row{"crop", "width", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Width"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "How many columns are kept"), " px", 1, 1, 0},
    Row{"crop", "height", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Height"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "How many rows are kept"), " px", 1, 1, 0},
    Row{"rotate",
        "degrees",
        QT_TRANSLATE_NOOP("ocellus::OperationForm", "Angle"),
        QT_TRANSLATE_NOOP("ocellus::OperationForm",
                          "Clockwise. Whole quarter turns are exact; other angles mirror the picture into its corners"),
        "°",
        1,
        1,
        1,
        {-180, 180}},
};

const Row& rowOf(const Operation& operation, std::string_view field)
{
    const std::string_view name = operationNames[operation.index()];
    return *std::ranges::find_if(rows, [&](const Row& row) { return row.operation == name && row.field == field; });
}

/// A box ends with the picture.
void endCrop(NumberScale& scale, std::string_view field, Size picture)
{
    const double side = std::max(field == "left" || field == "width" ? picture.width : picture.height, 1);
    scale.most = scale.sliderMost = field == "left" || field == "top" ? side - 1 : side;
}

/// The slider spans the offsets at which the patch lies within its picture.
void endOffset(NumberScale& scale, std::string_view field, const CopyPatch& copy, const OperationPlace& place)
{
    const Size source = copy.source ? copy.source->size : place.picture;
    const bool across = field == "dx";
    scale.sliderLeast = across ? -place.region.left : -place.region.top;
    scale.sliderMost = across ? source.width - place.region.right() : source.height - place.region.bottom();
}

} // namespace

FieldText numberText(const Operation& operation, const char* field, const FieldRange& limits,
                     const OperationPlace& place)
{
    const Row& row = rowOf(operation, field);
    FieldText text = choiceText(operation, field);
    text.suffix = QCoreApplication::translate(context, row.suffix);
    text.factor = row.factor;
    NumberScale& scale = text.scale;
    scale.least = limits.least * row.factor;
    scale.most = limits.most * row.factor;
    scale.step = row.step;
    scale.decimals = row.decimals;
    scale.onlySteps = std::holds_alternative<TextureFill>(operation);
    const bool ownSpan = row.slider.least != row.slider.most;
    scale.sliderLeast = ownSpan ? row.slider.least : scale.least;
    scale.sliderMost = ownSpan ? row.slider.most : scale.most;
    if (std::holds_alternative<Crop>(operation))
        endCrop(scale, field, place.picture);
    if (const auto* copy = std::get_if<CopyPatch>(&operation))
        endOffset(scale, field, *copy, place);
    scale.middle = row.slider.middle != 0 ? row.slider.middle : (scale.sliderLeast + scale.sliderMost) / 2;
    return text;
}

FieldText choiceText(const Operation& operation, const char* field)
{
    const Row& row = rowOf(operation, field);
    FieldText text;
    text.label = QCoreApplication::translate(context, row.label);
    text.toolTip = QCoreApplication::translate(context, row.toolTip);
    return text;
}

QString choiceName(const char* name)
{
    constexpr std::array<std::pair<std::string_view, const char*>, 6> names{
        {{"telea", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Telea")},
         {"navier-stokes", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Navier-Stokes")},
         {"mask", QT_TRANSLATE_NOOP("ocellus::OperationForm", "The region")},
         {"picture", QT_TRANSLATE_NOOP("ocellus::OperationForm", "The picture")},
         {"left-right", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Left and right")},
         {"top-bottom", QT_TRANSLATE_NOOP("ocellus::OperationForm", "Top and bottom")}}};
    const auto* found =
        std::ranges::find(names, std::string_view(name), &std::pair<std::string_view, const char*>::first);
    return QCoreApplication::translate(context, found->second);
}

} // namespace ocellus
