// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/engine/softmax.h"
#include "core/explain/rise_fit.h"
#include "core/explain/rise_masks.h"
#include "core/explain/rise_sum.h"
#include "core/explain/source_parts.h"

namespace ocellus {

namespace {

constexpr int leastMasks = 50;
constexpr int masksBetweenLooks = 25; ///< comparing the halves and handing out a map costs as much as a pass

/// The next look after one at so many masks: the more there are, the less a few add.
int nextLook(int masks)
{
    return masks + std::max(1, masks / 8 / masksBetweenLooks) * masksBetweenLooks;
}

/// How the map is made. Each can be chosen; `published` has all of them as the authors have.
struct RiseWay {
    explicit RiseWay(const SourceSettings& settings)
    {
        if (settings.flag("published"))
            return;
        asOdds = settings.text("score") == "odds";
        fits = settings.text("estimate") == "fit";
        complements = settings.flag("complements");
        centred = settings.flag("centred");
    }

    bool asOdds = false, fits = false, complements = false, centred = false;
};

/// The logarithm of the odds of a class, p / (1 - p); of the only one there is its logit.
float logOdds(const std::vector<float>& logits, std::size_t classIndex)
{
    double highest = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < logits.size(); ++i)
        if (i != classIndex)
            highest = std::max(highest, static_cast<double>(logits[i]));
    const auto own = static_cast<double>(logits[classIndex]);
    if (logits.size() < 2)
        return static_cast<float>(own);
    double others = 0;
    for (std::size_t i = 0; i < logits.size(); ++i)
        if (i != classIndex)
            others += std::exp(static_cast<double>(logits[i]) - highest);
    return static_cast<float>(own - highest - std::log(others));
}

std::vector<float> scoresOf(const std::vector<float>& logits, const std::vector<int>& classes, bool asOdds)
{
    const std::vector<float> probabilities = asOdds ? std::vector<float>() : softmax(logits);
    std::vector<float> scores;
    for (const int classIndex : classes) {
        const auto at = static_cast<std::size_t>(classIndex);
        scores.push_back(asOdds ? logOdds(logits, at) : probabilities.at(at));
    }
    return scores;
}

/// The same masks, made a map of in the way that was asked for.
class RiseMap {
public:
    RiseMap(Size size, const RiseRecipe& recipe, std::size_t classes, const RiseWay& way)
        : m_fits(way.fits),
          m_centred(way.centred),
          m_fit(size, recipe, classes),
          m_sum(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height), classes, recipe.p1)
    {
    }

    void add(const std::vector<float>& mask, const std::vector<float>& scores)
    {
        if (m_fits)
            m_fit.add(mask, scores);
        else
            m_sum.add(mask, scores);
    }

    int masks() const { return m_fits ? m_fit.masks() : m_sum.masks(); }
    std::vector<float> saliency(std::size_t position) const
    {
        return m_fits ? m_fit.saliency(position) : m_sum.saliency(position, m_centred);
    }
    std::vector<float> refined(std::size_t position, const Progress& progress)
    {
        return m_fits ? m_fit.refined(position, progress) : m_sum.saliency(position, m_centred);
    }
    double agreement(std::size_t position) const
    {
        return m_fits ? m_fit.agreement(position) : m_sum.agreement(position);
    }

private:
    bool m_fits, m_centred;
    RiseFit m_fit;
    RiseSum m_sum;
};

/// What random masks leave of the picture, weighed by what the class comes to then.
class RiseSource : public ExplanationSource {
public:
    SourceTraits traits() const override
    {
        using Kind = SourceOption::Kind;
        return {
            "rise",
            "RISE",
            SourceCost::Many,
            true,
            "log-odds",
            {sideOption(),
             {"masks", "most masks that are tried", "1000", Kind::Whole, 2, 100000},
             {"agreement", "rank correlation of two halves of the masks at which it stops; 1: never", "0.9", Kind::Real,
              0, 1},
             {"published",
              "as its authors do: weighs the probability itself, sums up, every mask on its own; overrides the next "
              "four",
              "no", Kind::Flag},
             {"score",
              "what masks are weighed by. odds: the logarithm of the class's odds, which still tells something "
              "where the probability stays near 0 or 1; probability: as published",
              "odds",
              Kind::Choice,
              0,
              0,
              {"odds", "probability"}},
             {"estimate",
              "fit: what the sum tends to, from fewer masks; sum: as published, of what masks let through",
              "fit",
              Kind::Choice,
              0,
              0,
              {"fit", "sum"}},
             {"complements", "masks come in twos, of which one hides what the other shows; no: as published", "yes",
              Kind::Flag},
             {"centred", "a sum takes the mean score off first; no: as published", "yes", Kind::Flag},
             {"grid", "cells a side of a mask", "7", Kind::Whole, 2, 64},
             {"p1", "share of cells that are seen", "0.5", Kind::Real, 0.01, 0.99},
             {"seed", "of the masks", "0", Kind::Whole, 0, 1e9}},
            "Petsiuk et al. 2018, arXiv 1806.07421"};
    }

    std::string unfit(const ModelDescription&) const override { return {}; }

    double passes(const SourceSettings& settings, Size size) const override
    {
        return settings.whole("masks") * shareOfPass(size, settings.whole("side"));
    }

    std::vector<SourceMap> maps(Engine& engine, ModelProbe& probe, const SourceSubject& subject,
                                const std::vector<int>& classes, const SourceSettings& settings,
                                const SourceRun& run) const override
    {
        const ModelInput input = smallInput(subject, settings.whole("side"));
        const double p1 = settings.real("p1");
        const RiseRecipe recipe{settings.whole("grid"), p1, static_cast<std::uint64_t>(settings.whole("seed"))};
        const RiseMasks masks(input.inputSize, recipe);
        const RiseWay way(settings);
        RiseMap sum(input.inputSize, recipe, classes.size(), way);
        const int most = settings.whole("masks");
        bool settled = false;
        int look = masksBetweenLooks;
        while (sum.masks() < most && !settled) {
            const int count = std::min(std::min(look, most) - sum.masks(), static_cast<int>(probe.picturesAtOnce()));
            std::vector<std::vector<float>> seen;
            std::vector<ModelInput> pictures;
            for (int i = 0; i < count; ++i) {
                seen.push_back(maskAt(masks, sum.masks() + i, way.complements));
                pictures.push_back(inputOf(masked(input.values, seen.back()), input.inputSize));
            }
            const auto all = engine.logits(pictures, run.progress);
            for (std::size_t i = 0; i < all.size(); ++i)
                sum.add(seen[i], scoresOf(all[i], classes, way.asOdds));
            const double fraction = static_cast<double>(sum.masks()) / most;
            if (sum.masks() == look) {
                look = nextLook(look);
                settled = sum.masks() >= leastMasks && agrees(sum, classes.size(), settings.real("agreement"));
                run.at(fraction, mapsOf(sum, input, classes, settings, settled));
            } else {
                run.at(fraction);
            }
        }
        std::vector<SourceMap> maps = mapsOf(sum, input, classes, settings, settled);
        for (std::size_t position = 0; position < maps.size(); ++position) {
            run.progress.throwIfStopped();
            maps[position].values = sum.refined(position, run.progress);
        }
        return maps;
    }

private:
    static std::vector<float> masked(std::vector<float> values, const std::vector<float>& mask)
    {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] *= mask[i % mask.size()];
        return values;
    }

    /// Two masks and then what these hide, so that each half of the masks, which are dealt out in turn, has both.
    static std::vector<float> maskAt(const RiseMasks& masks, int index, bool complements)
    {
        if (!complements)
            return masks.mask(static_cast<std::uint64_t>(index));
        std::vector<float> mask = masks.mask(static_cast<std::uint64_t>(index / 4 * 2 + index % 2));
        if (index % 4 >= 2)
            for (float& value : mask)
                value = 1 - value;
        return mask;
    }

    static bool agrees(const RiseMap& sum, std::size_t classes, double agreement)
    {
        for (std::size_t position = 0; position < classes; ++position)
            if (!(sum.agreement(position) >= agreement))
                return false;
        return agreement < 1;
    }

    static std::vector<SourceMap> mapsOf(const RiseMap& sum, const ModelInput& input, const std::vector<int>& classes,
                                         const SourceSettings& settings, bool settled)
    {
        std::vector<SourceMap> maps;
        for (std::size_t position = 0; position < classes.size(); ++position) {
            SourceMap& map = maps.emplace_back();
            map.classIndex = classes[position];
            map.rows = input.inputSize.height;
            map.columns = input.inputSize.width;
            map.values = sum.saliency(position);
            map.input = input.inputSize;
            map.field = {1, 0.5, 1};
            if (!RiseWay(settings).asOdds)
                map.unit = "probability";
            map.seed = static_cast<std::uint64_t>(settings.whole("seed"));
            map.count = sum.masks();
            map.settled = settled;
            map.bytes = (classes.size() + 1) * 2 * map.values.size() * sizeof(double);
        }
        return maps;
    }
};

} // namespace

std::unique_ptr<const ExplanationSource> makeRiseSource()
{
    return std::make_unique<RiseSource>();
}

} // namespace ocellus
