// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/sanity_run.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "core/analysis/rank_correlation.h"
#include "core/analysis/structural_similarity.h"
#include "core/base/error.h"
#include "core/engine/model_loading.h"
#include "core/experiment/control_statistics.h"
#include "core/explain/evidence_sheet.h"
#include "core/explain/stoppable_source.h"
#include "core/image/preprocess.h"
#include "core/io/checkpoint.h"
#include "core/io/safetensors_writer.h"

namespace ocellus {

namespace {

constexpr double alike = 0.3;

/// A file of randomised weights, gone with this object.
class TemporaryCheckpoint {
public:
    TemporaryCheckpoint()
        : m_path(std::filesystem::temp_directory_path() / ("ocellus-" + std::to_string(std::random_device()()) + "-" +
                                                           std::to_string(::getpid()) + ".safetensors"))
    {
    }
    ~TemporaryCheckpoint()
    {
        std::error_code ignored;
        std::filesystem::remove(m_path, ignored);
    }
    TemporaryCheckpoint(const TemporaryCheckpoint&) = delete;
    TemporaryCheckpoint& operator=(const TemporaryCheckpoint&) = delete;

    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

std::string labelOf(const SourceMap& map)
{
    return toString(EvidenceMap{map.source, map.head.value_or(-1)});
}

bool readsAttention(const SourceMap& map)
{
    return map.source == "heads" || map.source == "mean";
}

/// All that no tensor tells: the temporary file has nothing beside it that could.
ModelSettings settled(const ModelConfig& config, ModelSettings given)
{
    if (config.vit) {
        given.heads = config.vit->heads;
        given.resampling = config.vit->resampling;
        given.eps = config.vit->eps;
        if (config.vit->activation != VitActivation::SwiGlu) // which its shapes tell
            given.activation = config.vit->activation;
    }
    if (hasDecoder(config)) {
        given.decoderHeads = config.heads;
        given.preNorm = config.preNorm;
    }
    return given;
}

SanityComparison comparison(const RandomisationStage& stage, const std::vector<SourceMap>& trained,
                            const std::vector<SourceMap>& changed, std::uint64_t seed)
{
    SanityComparison result;
    result.stage = stage.name;
    result.canMove = !(stage.isBehindAttention && readsAttention(trained.front()));
    std::vector<double> correlations;
    double similarity = 0;
    int similarities = 0;
    for (std::size_t i = 0; i < trained.size(); ++i) {
        const SourceMap& a = trained[i];
        const SourceMap& b = changed[i];
        const double correlation = rankCorrelation(a.values, b.values);
        if (!std::isfinite(correlation))
            continue;
        correlations.push_back(correlation);
        if (const auto ssim = structuralSimilarity(a.values, b.values, a.rows, a.columns)) {
            similarity += *ssim;
            ++similarities;
        }
    }
    const BootstrapMean mean = bootstrapMean(correlations, seed);
    result.pictures = static_cast<int>(correlations.size());
    result.spearman = mean.mean;
    result.low = mean.low;
    result.high = mean.high;
    if (similarities > 0)
        result.ssim = similarity / similarities;
    return result;
}

} // namespace

std::string_view toString(SanityVerdict verdict)
{
    switch (verdict) {
    case SanityVerdict::Passed: return "pass";
    case SanityVerdict::Failed: return "fail";
    case SanityVerdict::Untested: return "not tested";
    }
    return "unknown";
}

SanityReport joined(SanityReport newer, const SanityReport& earlier)
{
    if (newer.modelHash != earlier.modelHash || newer.settings != earlier.settings || newer.seed != earlier.seed ||
        newer.deciding != earlier.deciding)
        return newer;
    std::vector<SanitySource> all;
    for (const SanitySource& source : earlier.sources)
        if (std::ranges::find(newer.sources, source.label, &SanitySource::label) == newer.sources.end())
            all.push_back(source);
    if (!all.empty())
        newer.pictures = std::min(newer.pictures, earlier.pictures);
    // Heads stand first, as they are told of.
    newer.sources.insert(newer.sources.end(), all.begin(), all.end());
    return newer;
}

std::string decidingStage(const ModelConfig& config)
{
    if (hasDecoder(config))
        return "decoder.0";
    if (config.head == HeadKind::Prompts)
        return "prompts";
    if (config.vit)
        return "blocks." + std::to_string(config.vit->depth - 1);
    return randomisationStages(config).at(1).name;
}

SanityVerdict verdictOf(const SanitySource& source, const std::string& stage)
{
    const auto found = std::ranges::find(source.stages, stage, &SanityComparison::stage);
    if (found == source.stages.end() || found->pictures == 0)
        return SanityVerdict::Untested;
    return found->spearman < alike ? SanityVerdict::Passed : SanityVerdict::Failed;
}

SanityRun::SanityRun(std::filesystem::path checkpoint, EngineOptions options, std::uint64_t seed)
    : m_checkpoint(std::move(checkpoint)),
      m_options(std::move(options)),
      m_seed(seed)
{
}

/// `classes` is filled where it is empty.
SanityRun::Maps SanityRun::mapsOf(Engine& engine, const std::vector<SanityPicture>& pictures,
                                  const PreprocessOptions& preprocess, const std::vector<SourceText>& sources,
                                  std::vector<int>& classes, const Progress& progress) const
{
    ModelProbe probe(engine);
    Maps all;
    const bool chooses = classes.empty();
    for (std::size_t picture = 0; picture < pictures.size(); ++picture) {
        const ModelInput input = ocellus::preprocess(pictures[picture].picture, preprocess);
        const auto encoding = engine.encode(input, progress);
        const auto decoding = engine.decode(encoding, {}, progress);
        if (chooses)
            classes.push_back(decoding->classes()[static_cast<std::size_t>(decoding->ranking().front())]);
        const SourceSubject subject{pictures[picture].picture, preprocess, input, encoding, decoding};
        std::size_t row = 0;
        for (const SourceText& text : sources)
            for (SourceMap& map : SourceTable::maps(m_table.source(text.source), engine, probe, subject,
                                                    {classes[picture]}, m_table.settings(text), {progress, {}})) {
                if (row == all.size())
                    all.emplace_back();
                all[row++].push_back(std::move(map));
            }
    }
    return all;
}

SanityReport SanityRun::run(const std::vector<SanityPicture>& pictures, const PreprocessOptions& preprocess,
                            const std::vector<SourceText>& sources, const Progress& progress,
                            const std::function<void(double)>& report)
{
    if (pictures.empty() || sources.empty())
        throw Error(ErrorCode::BadArgument, "sanity check", "expected at least one picture and one source");
    SanityReport result;
    result.seed = m_seed;
    result.pictures = static_cast<int>(pictures.size());
    std::vector<int> classes;
    Engine engine(m_options);
    const ModelDescription& trainedModel = engine.open(m_checkpoint, progress);
    result.modelHash = trainedModel.sha256;
    result.settings = assumptionsText(trainedModel);
    result.deciding = decidingStage(trainedModel.config);
    const std::vector<RandomisationStage> stages = randomisationStages(trainedModel.config);
    const Maps trained = mapsOf(engine, pictures, preprocess, sources, classes, progress);
    for (const std::vector<SourceMap>& maps : trained)
        result.sources.push_back({labelOf(maps.front()), maps.front().values.size(), {}});

    const ModelWeights weights = openWeights(m_checkpoint, m_options.stateDict, m_options.model, progress);
    EngineOptions options = m_options;
    options.stateDict.clear(); // the temporary file holds one
    options.model = settled(trainedModel.config, m_options.model);
    for (std::size_t count = 1; count <= stages.size(); ++count) {
        progress.throwIfStopped();
        if (report)
            report(static_cast<double>(count) / static_cast<double>(stages.size() + 1));
        const TemporaryCheckpoint file;
        const RandomisedSource changedWeights(weights.source(), std::span(stages).first(count), m_seed);
        writeSafetensors(file.path(), StoppableSource(changedWeights, progress), DType::Float32,
                         asMetadata(weights.checkpoint->args()));
        Engine changedEngine(options);
        changedEngine.open(file.path(), progress);
        const Maps changed = mapsOf(changedEngine, pictures, preprocess, sources, classes, progress);
        for (std::size_t row = 0; row < trained.size(); ++row)
            result.sources[row].stages.push_back(comparison(stages[count - 1], trained[row], changed[row], m_seed));
    }
    return result;
}

} // namespace ocellus
