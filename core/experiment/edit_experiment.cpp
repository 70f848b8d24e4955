// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/edit_experiment.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/analysis/edit_effects.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/dataset/dataset_listing.h"
#include "core/edit/apply.h"
#include "core/image/picture_address.h"
#include "core/image/preprocess.h"

namespace ocellus {

namespace {

constexpr int maxControls = 1'000;

int predictedClass(const Decoding& decoding)
{
    return decoding.classes()[static_cast<std::size_t>(decoding.ranking().front())];
}

StandingChange standingChange(const Decoding& before, const Decoding& after, int classIndex)
{
    return {classIndex, standingOf(before, classIndex), standingOf(after, classIndex)};
}

double selectedShare(const Mask& mask)
{
    const auto selected = std::ranges::count_if(mask.alpha(), [](std::uint8_t value) { return value > 0; });
    return static_cast<double>(selected) / static_cast<double>(wholeBox(mask.pictureSize()).area());
}

double changedShare(const Picture& before, const Picture& after)
{
    std::size_t changed = 0;
    for (std::size_t i = 0; i < before.rgb.size(); i += 3)
        changed += !std::equal(before.rgb.data() + i, before.rgb.data() + i + 3, after.rgb.data() + i);
    return static_cast<double>(changed) / static_cast<double>(before.rgb.size() / 3);
}

/// The effects of an edit that changes no geometry, on the class predicted before it.
void addMaps(ExperimentRow& row, const Decoding& before, const Decoding& after, const Mask& mask,
             const CellGeometry& geometry)
{
    const int layers = before.extent().layers;
    if (layers == 0)
        return;
    const int classIndex = row.predicted.classIndex;
    const std::vector<double> cover = cellCover(mask, geometry);
    row.insideBefore = attentionInside(before.meanAttention(layers - 1, classIndex), cover);
    row.insideAfter = attentionInside(after.meanAttention(layers - 1, classIndex), cover);
}

/// Texts that differ give hashes that differ, wherever one of them ends.
std::string hashOf(std::initializer_list<std::string> texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += std::to_string(text.size()) + ':' + text;
    return sha256(all);
}

} // namespace

std::optional<double> controlP(const ExperimentRow& row, double ClassStanding::*value)
{
    if (row.controls.empty())
        return std::nullopt;
    std::vector<double> effects;
    for (const ControlEffect& control : row.controls)
        effects.push_back(control.change.*value);
    return empiricalP(row.predicted.change().*value, effects);
}

EditExperiment::EditExperiment(Settings settings)
    : m_settings(std::move(settings)),
      m_regions(m_settings.recipe, m_settings.decode)
{
    if (m_settings.controls < 0 || m_settings.controls > maxControls)
        throw Error(ErrorCode::BadArgument, "controls",
                    "expected 0 to " + std::to_string(maxControls) + " a picture, got " +
                        std::to_string(m_settings.controls));
}

std::shared_ptr<const Decoding> EditExperiment::ask(Engine& engine, const Picture& picture,
                                                    const Progress& progress) const
{
    return engine.decode(engine.encode(preprocess(picture, m_settings.preprocess), progress, m_settings.use), {},
                         progress);
}

ExperimentResult EditExperiment::run(Engine& engine, const ExperimentPicture& picture, const Progress& progress) const
{
    progress.at(Stage::Read, 0.0);
    return run(engine, picture, read(picture), progress);
}

std::string EditExperiment::fingerprint() const
{
    const DecodeOptions& decode = m_settings.decode;
    const nlohmann::json values{
        jsonOf(m_settings.recipe), decode.ignoreExif,   decode.convertToSrgb, decode.showDamaged,
        m_settings.controls,       m_settings.onAnimal, m_settings.seed};
    return hashOf({values.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                   toString(m_settings.preprocess), toString(decode.range)});
}

std::string EditExperiment::fingerprint(const ExperimentPicture& picture) const
{
    return hashOf({picture.file.relative.generic_string(), sha256OfFile(pictureAddress(picture.file.path).file),
                   cropText(picture.crop), picture.trueClass ? std::to_string(*picture.trueClass) : std::string(),
                   m_regions.drawnFor(picture)});
}

DecodedPicture EditExperiment::read(const ExperimentPicture& picture) const
{
    DecodedPicture decoded = decodeWithFacts(picture.file.path, m_settings.decode);
    decoded.picture = shownPart(std::move(decoded.picture), picture.crop, picture.file.path);
    return decoded;
}

ExperimentResult EditExperiment::run(Engine& engine, const ExperimentPicture& picture, DecodedPicture decoded,
                                     const Progress& progress) const
{
    ExperimentResult result;
    ExperimentRow& row = result.row;
    row.picture = picture.file.relative.generic_string();
    row.facts = decoded.facts;
    Picture& original = decoded.picture;
    const InputPlace input = inputPlace(original.size, m_settings.preprocess);
    const std::shared_ptr<const Decoding> before = ask(engine, original, progress);
    const CellGeometry geometry(original.size, input, before->extent().rows, before->extent().columns,
                                engine.model()->field);
    FoundRegion region = m_regions.find(picture, *before, geometry);
    if (region.mask.empty()) {
        row.skipped = region.nothing;
        return result;
    }
    const Edit edit{"recipe", region.mask, m_settings.recipe.operation, true};
    result.after = applyEdits(original, {edit}, progress);
    const std::shared_ptr<const Decoding> after = ask(engine, result.after, progress);

    row.predicted = standingChange(*before, *after, predictedClass(*before));
    if (picture.trueClass)
        row.trueClass = standingChange(*before, *after, *picture.trueClass);
    row.predictedAfter = predictedClass(*after);
    row.probabilityAfter = after->probability(row.predictedAfter);
    row.selectedShare = selectedShare(region.mask);
    row.changedShare = changedShare(original, result.after);
    addMaps(row, *before, *after, region.mask, geometry);
    result.before = std::move(original);
    result.mask = std::move(region.mask);
    if (m_settings.controls > 0)
        runControls(engine, result, edit, progress);
    return result;
}

void EditExperiment::runControls(Engine& engine, ExperimentResult& result, const Edit& edit,
                                 const Progress& progress) const
{
    ExperimentRow& row = result.row;
    ControlOptions options;
    options.count = m_settings.controls;
    options.seed = RandomStream({m_settings.seed, contentKey(row.picture).low}).next();
    if (m_settings.onAnimal)
        options.animal = estimatedAnimal(result.before);
    const ControlEdits controls = controlEdits(edit, options);
    row.controlShortfall = controls.shortfall();
    for (const Edit& control : controls.edits) {
        const std::shared_ptr<const Decoding> after =
            ask(engine, applyEdits(result.before, {control}, progress), progress);
        const ClassStanding standing = standingOf(*after, row.predicted.classIndex);
        row.controls.push_back(
            {changeOf(row.predicted.before, standing), predictedClass(*after) != row.predicted.classIndex});
    }
}

} // namespace ocellus
