// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/explain/rise_fit.h"
#include "core/explain/rise_masks.h"
#include "core/explain/rise_sum.h"
#include "core/explain/source_parts.h"

namespace ocellus {

namespace {

constexpr int leastMasks = 50;
constexpr int masksBetweenLooks = 25; ///< comparing the halves and handing out a map costs as much as a pass

/// The same masks, made a map of in the way that was asked for.
class RiseMap {
public:
    RiseMap(Size size, const RiseRecipe& recipe, std::size_t classes, bool fits, bool centred)
        : m_fits(fits),
          m_centred(centred),
          m_fit(size, recipe, classes),
          m_sum(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height), classes, recipe.p1)
    {
    }

    void add(const std::vector<float>& mask, const std::vector<float>& probabilities)
    {
        if (m_fits)
            m_fit.add(mask, probabilities);
        else
            m_sum.add(mask, probabilities);
    }

    int masks() const { return m_fits ? m_fit.masks() : m_sum.masks(); }
    std::vector<float> saliency(std::size_t position) const
    {
        return m_fits ? m_fit.saliency(position) : m_sum.saliency(position, m_centred);
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

/// What random masks leave of the picture, weighed by the class's probability then.
class RiseSource : public ExplanationSource {
public:
    SourceTraits traits() const override
    {
        using Kind = SourceOption::Kind;
        return {"rise",
                "RISE",
                SourceCost::Many,
                true,
                "probability",
                {sideOption(),
                 {"masks", "most masks that are tried", "1000", Kind::Whole, 2, 100000},
                 {"agreement", "rank correlation of two halves of the masks at which it stops; 1: never", "0.9",
                  Kind::Real, 0, 1},
                 {"centred", "take the mean probability off first; no: as published", "yes", Kind::Flag},
                 {"estimate",
                  "sum: RISE's own, of what masks let through; fit: what that tends to, from fewer masks (never as "
                  "published)",
                  "sum",
                  Kind::Choice,
                  0,
                  0,
                  {"sum", "fit"}},
                 {"complements", "masks come in twos, of which one hides what the other shows; no: as published", "no",
                  Kind::Flag},
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

    std::vector<SourceMap> maps(Engine&, ModelProbe& probe, const SourceSubject& subject,
                                const std::vector<int>& classes, const SourceSettings& settings,
                                const SourceRun& run) const override
    {
        const ModelInput input = smallInput(subject, settings.whole("side"));
        const double p1 = settings.real("p1");
        const RiseRecipe recipe{settings.whole("grid"), p1, static_cast<std::uint64_t>(settings.whole("seed"))};
        const RiseMasks masks(input.inputSize, recipe);
        RiseMap sum(input.inputSize, recipe, classes.size(), settings.text("estimate") == "fit",
                    settings.flag("centred"));
        const int most = settings.whole("masks");
        bool settled = false;
        while (sum.masks() < most && !settled) {
            const int untilLook = std::min(masksBetweenLooks - sum.masks() % masksBetweenLooks, most - sum.masks());
            const int count = std::min(untilLook, static_cast<int>(probe.picturesAtOnce()));
            std::vector<std::vector<float>> seen;
            std::vector<std::vector<float>> pictures;
            for (int i = 0; i < count; ++i) {
                seen.push_back(maskAt(masks, sum.masks() + i, settings.flag("complements")));
                pictures.push_back(masked(input.values, seen.back()));
            }
            const auto all = probe.probabilitiesOfAll(std::move(pictures), input.inputSize, run.progress);
            for (std::size_t i = 0; i < all.size(); ++i) {
                std::vector<float> wanted;
                for (const int classIndex : classes)
                    wanted.push_back(all[i][static_cast<std::size_t>(classIndex)]);
                sum.add(seen[i], wanted);
            }
            const double fraction = static_cast<double>(sum.masks()) / most;
            if (sum.masks() % masksBetweenLooks == 0) {
                settled = sum.masks() >= leastMasks && agrees(sum, classes.size(), settings.real("agreement"));
                run.at(fraction, mapsOf(sum, input, classes, settings, settled));
            } else {
                run.at(fraction);
            }
        }
        return mapsOf(sum, input, classes, settings, settled);
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
