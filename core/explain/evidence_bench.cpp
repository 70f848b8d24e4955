// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/evidence_bench.h"

#include <algorithm>
#include <utility>

#include "core/analysis/edit_effects.h"
#include "core/base/error.h"
#include "core/experiment/control_edits.h"
#include "core/explain/cover_trial.h"
#include "core/explain/head_importance.h"
#include "core/explain/map_on_grid.h"

namespace ocellus {

namespace {

CausalMode modeOf(EvidenceTest test)
{
    return test == EvidenceTest::Deletion ? CausalMode::Deletion : CausalMode::Insertion;
}

bool hasPlaces(const SourceMap& map)
{
    return map.state != MapState::NotFinite && map.state != MapState::Constant;
}

/// Of a backbone that halves a side as often as its stride says, with a border.
int cellsAlong(int side, int stride)
{
    return (side + stride - 1) / stride;
}

} // namespace

EvidenceBench::EvidenceBench(Subject subject) : m_subject(std::move(subject)) {}

SourceMap EvidenceBench::map(const EvidenceMap& map, Engine& engine, ModelProbe& probe, const Progress& progress) const
{
    if (m_subject.known && map.source == m_subject.knownSource) {
        const auto known =
            std::ranges::find(*m_subject.known, map.head, [](const SourceMap& one) { return one.head.value_or(-1); });
        if (known != m_subject.known->end())
            return *known;
    }
    SourceText text = parseSource(map.source);
    if (isOfLayer(map))
        text.options["layer"] = std::to_string(m_subject.layer + 1);
    if (map.head >= 0)
        text.options["head"] = std::to_string(map.head + 1);
    const SourceSubject subject{*m_subject.picture, m_subject.preprocess, *m_subject.input, m_subject.encoding,
                                m_subject.decoding};
    return SourceTable::maps(m_table.source(text.source), engine, probe, subject, {m_subject.classIndex},
                             m_table.settings(text), {progress, {}})
        .front();
}

/// A plain classifier's decoding has no cells: those of its backbone.
SourceMap EvidenceBench::onModelsGrid(SourceMap map, const ModelDescription& model) const
{
    const Size input = m_subject.input->inputSize;
    const Decoding::Extent& extent = m_subject.decoding->extent();
    const bool hasCells = extent.cells() > 1;
    const int rows = hasCells ? extent.rows : cellsAlong(input.height, model.field.stride);
    const int columns = hasCells ? extent.columns : cellsAlong(input.width, model.field.stride);
    return onGrid(std::move(map), rows, columns, model.field, input);
}

/// Once for all maps that lie on the same cells.
const std::vector<double>& EvidenceBench::animalOn(const SourceMap& map)
{
    const std::size_t cells = map.values.size();
    if (!m_animal || m_animal->size() != cells)
        m_animal = cellCover(estimatedAnimal(*m_subject.picture), geometryOf(map, m_subject.picture->size));
    return *m_animal;
}

std::unique_ptr<EvidenceTrial> EvidenceBench::trial(const EvidenceMap& of, EvidenceTest test,
                                                    const std::string& settings, Engine& engine, ModelProbe& probe,
                                                    const Progress& progress)
{
    if (test == EvidenceTest::Importance || test == EvidenceTest::Pointing)
        return nullptr;
    SourceMap values = map(of, engine, probe, progress);
    if (!hasPlaces(values))
        return nullptr;
    values = onModelsGrid(std::move(values), probe.model());
    values.state = stateOf(values.values, values.isSigned);
    if (!hasPlaces(values))
        return nullptr;
    if (test == EvidenceTest::Cover) {
        const CoverRecipe recipe = CoverRecipe::of(settings);
        const std::vector<double> animal = recipe.onAnimal ? animalOn(values) : std::vector<double>();
        return std::make_unique<CoverTrial>(m_subject.input, std::move(values), recipe, animal);
    }
    std::shared_ptr<CurveGround>& ground = m_grounds[settings];
    if (!ground)
        ground = std::make_shared<CurveGround>(m_subject.input, geometryOf(values, m_subject.input->inputSize),
                                               CurveRecipe::of(settings));
    return std::make_unique<CurveTrial>(ground, std::move(values), modeOf(test));
}

std::optional<Finding> EvidenceBench::importance(const EvidenceMap& map, Engine& engine) const
{
    const Decoding& decoding = *m_subject.decoding;
    if (map.source != "heads" || map.head < 0 || m_subject.layer != decoding.extent().layers - 1)
        return std::nullopt;
    try {
        return headImportanceFinding(engine, *m_subject.encoding, decoding, m_subject.classIndex, map.head,
                                     std::max(usualPlaces, fewestNulls(decoding.extent().heads)));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Unsupported)
            throw;
        return std::nullopt; // not every model's last layer can be answered apart
    }
}

std::optional<Finding> EvidenceBench::finding(const EvidenceMap& map, EvidenceTest test, const std::string& settings,
                                              Engine& engine, ModelProbe& probe, const Progress& progress)
{
    if (test == EvidenceTest::Importance)
        return importance(map, engine);
    const std::unique_ptr<EvidenceTrial> trial = this->trial(map, test, settings, engine, probe, progress);
    return trial ? std::optional(findingOf(*trial, probe, progress, [](double) {})) : std::nullopt;
}

std::vector<std::vector<float>> EvidenceBench::curvePictures(const EvidenceMap& of, CausalMode mode,
                                                             const CurveRecipe& recipe, Engine& engine,
                                                             ModelProbe& probe, const Progress& progress) const
{
    const SourceMap values = onModelsGrid(map(of, engine, probe, progress), probe.model());
    const ModelInput& input = *m_subject.input;
    CurveGround ground(m_subject.input, geometryOf(values, input.inputSize), recipe);
    const PixelGroups groups = ground.measure(probe, progress).groups(values);
    std::vector<std::vector<float>> pictures;
    for (std::size_t step = 0; step <= groups.size(); ++step) {
        progress.throwIfStopped();
        pictures.push_back(causalPicture(mode, ground.substrate(mode), input.values, input.inputSize, groups, step));
    }
    return pictures;
}

} // namespace ocellus
