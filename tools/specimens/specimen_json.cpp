// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/specimen_json.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace ocellus {

namespace {

using Json = nlohmann::ordered_json;

const char* nameOf(Wing wing)
{
    return wing == Wing::Fore ? "fore" : "hind";
}

const char* nameOf(BackdropKind kind)
{
    switch (kind) {
    case BackdropKind::Paper: return "paper";
    case BackdropKind::Cork: return "cork";
    case BackdropKind::Cotton: return "cotton";
    case BackdropKind::Foam: return "foam";
    }
    return "";
}

const char* nameOf(MarkShape shape)
{
    switch (shape) {
    case MarkShape::Dot: return "dot";
    case MarkShape::Eye: return "eye-spot";
    case MarkShape::Ray: return "ray";
    case MarkShape::Bar: return "bar";
    }
    return "";
}

Json toJson(const Colour& colour)
{
    const auto byte = [](float value) { return std::lround(value * 255); };
    return Json::array({byte(colour.red), byte(colour.green), byte(colour.blue)});
}

Json toJson(const SidePose& pose)
{
    Json tears = Json::array();
    for (const Tear& tear : pose.tears)
        tears.push_back({{"wing", nameOf(tear.wing)}, {"v", tear.v}, {"depth", tear.depth}, {"width", tear.width}});
    return {{"foreTurn", pose.foreTurn},
            {"hindTurn", pose.hindTurn},
            {"length", pose.length},
            {"depth", pose.depth},
            {"tears", tears}};
}

Json toJson(const PaperLabel& label)
{
    return {{"x", label.x},       {"y", label.y},         {"width", label.width},      {"height", label.height},
            {"turn", label.turn}, {"lines", label.lines}, {"tint", toJson(label.tint)}};
}

Json toJson(const Light& light)
{
    return {{"direction", light.direction},
            {"strength", light.strength},
            {"warmth", light.warmth},
            {"falloff", light.falloff},
            {"shadowBlur", light.shadowBlur}};
}

Json toJson(const Pin& pin)
{
    return {{"x", pin.x},         {"y", pin.y},           {"leanX", pin.leanX},
            {"leanY", pin.leanY}, {"radius", pin.radius}, {"colour", toJson(pin.colour)}};
}

const char* nameOf(Smudge::Kind kind)
{
    switch (kind) {
    case Smudge::Kind::Grime: return "grime";
    case Smudge::Kind::Filled: return "filled";
    case Smudge::Kind::Blurred: return "blurred";
    }
    return "";
}

Json toJson(const Smudge& smudge)
{
    return {{"kind", nameOf(smudge.kind)},
            {"x", smudge.x},
            {"y", smudge.y},
            {"radiusX", smudge.radiusX},
            {"radiusY", smudge.radiusY},
            {"turn", smudge.turn},
            {"swing", smudge.swing},
            {"mirrored", smudge.isMirrored},
            {"tint", toJson(smudge.tint)},
            {"strength", smudge.strength}};
}

Json variation(const Individual& individual)
{
    Json labels = Json::array();
    for (const PaperLabel& label : individual.labels)
        labels.push_back(toJson(label));
    Json smudges = Json::array();
    for (const Smudge& smudge : individual.smudges)
        smudges.push_back(toJson(smudge));
    const Backdrop& backdrop = individual.backdrop;
    return {
        {"x", individual.x},
        {"y", individual.y},
        {"turn", individual.turn},
        {"wingLength", individual.wingLength},
        {"right", toJson(individual.sides[0])},
        {"left", toJson(individual.sides[1])},
        {"hue", individual.colours.hue},
        {"saturation", individual.colours.saturation},
        {"lightness", individual.colours.lightness},
        {"wear", individual.wear},
        {"patternScale", individual.patternScale},
        {"patternShift", individual.patternShift},
        {"markScale", individual.markScale},
        {"markShiftU", individual.markShiftU},
        {"markShiftV", individual.markShiftV},
        {"abdomenLength", individual.abdomenLength},
        {"abdomenBend", individual.abdomenBend},
        {"antennaTurns", individual.antennaTurns},
        {"light", toJson(individual.light)},
        {"backdrop",
         {{"kind", nameOf(backdrop.kind)}, {"tint", toJson(backdrop.tint)}, {"contrast", backdrop.contrast}}},
        {"pin", toJson(individual.pin)},
        {"labels", labels},
        {"smudges", smudges},
        {"wipedMarks", individual.wipedMarks},
        {"wipedMargin", individual.wipedMargin},
        {"textureKey", individual.textureKey},
    };
}

Json drawnMarks(const Individual& individual, const Specimen& specimen)
{
    const RingDesign& ring = ringDesigns().at(static_cast<std::size_t>(individual.ring));
    Json marks = Json::array();
    for (const DrawnMark& place : specimen.places)
        marks.push_back({{"name", ring.marks.at(static_cast<std::size_t>(place.mark)).name},
                         {"side", place.side == 0 ? "right" : "left"},
                         {"centre", {place.centre.x, place.centre.y}},
                         {"box", {place.left, place.top, place.width, place.height}}});
    return marks;
}

Json toJson(const MarkDesign& mark)
{
    return {{"name", mark.name},
            {"shape", nameOf(mark.shape)},
            {"wing", nameOf(mark.wing)},
            {"u", mark.u},
            {"v", mark.v},
            {"length", mark.length},
            {"width", mark.width},
            {"colour", toJson(mark.colour)}};
}

} // namespace

std::string parametersJson(const Individual& individual, const Specimen& specimen, const std::vector<Species>& species,
                           int drawnAs)
{
    const Origin& origin = individual.origin;
    const auto nameAt = [&species](int index) { return species.at(static_cast<std::size_t>(index)).name; };
    const Json json = {
        {"species", nameAt(drawnAs)},
        {"individualOf", nameAt(origin.species)},
        {"ring", ringDesigns().at(static_cast<std::size_t>(individual.ring)).name},
        {"partner", nameAt(ringPartner(origin.species))},
        {"seed", origin.seed},
        {"split", toString(origin.split)},
        {"index", origin.index},
        {"side", specimen.picture.size.width},
        {"marks", drawnMarks(individual, specimen)},
        {"variation", variation(individual)},
    };
    return json.dump(1) + "\n";
}

std::string speciesJson(const std::vector<Species>& species, std::uint64_t seed, int side)
{
    Json rings = Json::array();
    for (std::size_t i = 0; i < species.size(); ++i) {
        const RingDesign& design = ringDesigns().at(static_cast<std::size_t>(species[i].ring));
        if (i % speciesPerRing == 0)
            rings.push_back({{"name", design.name}, {"species", Json::array()}});
        Json marks = Json::array();
        for (const int mark : species[i].marks)
            marks.push_back(toJson(design.marks.at(static_cast<std::size_t>(mark))));
        rings.back()["species"].push_back(
            {{"name", species[i].name},
             {"partner", species.at(static_cast<std::size_t>(ringPartner(static_cast<int>(i)))).name},
             {"marks", marks}});
    }
    return Json({{"seed", seed}, {"side", side}, {"rings", rings}}).dump(1) + "\n";
}

} // namespace ocellus
