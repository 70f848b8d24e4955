// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/source_parts.h"

namespace ocellus {

namespace {

SourceMap attentionMap(const Decoding& decoding, const SourceSubject& subject, const ReceptiveField& field,
                       int classIndex, int layer)
{
    SourceMap map;
    map.classIndex = classIndex;
    map.layer = layer;
    map.rows = decoding.extent().rows;
    map.columns = decoding.extent().columns;
    map.low = 0;
    map.high = 1;
    map.input = subject.input.inputSize;
    map.field = field;
    map.bytes = decoding.extent().cells() * sizeof(float);
    return map;
}

/// INTR's own explanation: each head's attention to a class.
class HeadSource : public ExplanationSource {
public:
    SourceTraits traits() const override
    {
        return {"heads",
                "Heads",
                SourceCost::Instant,
                false,
                "share of attention",
                {layerOption(),
                 {"head", "each, a head from 1, or best: the one with the highest peak before the softmax", "each",
                  SourceOption::Kind::Text}},
                "Paul et al. 2024, arXiv 2311.04157",
                true};
    }

    std::string unfit(const ModelDescription& model) const override { return whyNoHeads(model); }

    std::vector<SourceMap> maps(Engine& engine, ModelProbe& probe, const SourceSubject& subject,
                                const std::vector<int>& classes, const SourceSettings& settings,
                                const SourceRun& run) const override
    {
        const std::shared_ptr<const Decoding> decoding = decodingOf(engine, subject, run.progress);
        const int layer = layerOf(settings, decoding->extent().layers);
        std::vector<SourceMap> all;
        for (const int classIndex : classes)
            for (const int head : headsOf(*decoding, settings.text("head"), layer, classIndex)) {
                SourceMap map = attentionMap(*decoding, subject, probe.model().field, classIndex, layer);
                map.head = head;
                map.values = decoding->attention(layer, head, classIndex);
                all.push_back(std::move(map));
            }
        return all;
    }

private:
    static std::vector<int> headsOf(const Decoding& decoding, const std::string& text, int layer, int classIndex)
    {
        if (text == "best")
            return {decoding.rankHeads(layer, classIndex).front()};
        return text == "each" ? decoding.ownHeads(layer, classIndex) : headsNamed(text, decoding.extent().heads);
    }
};

/// The mean of the heads' attention.
class MeanSource : public ExplanationSource {
public:
    SourceTraits traits() const override
    {
        return {"mean",
                "Mean of heads",
                SourceCost::Instant,
                false,
                "share of attention",
                {layerOption()},
                "Paul et al. 2024, arXiv 2311.04157",
                true};
    }

    std::string unfit(const ModelDescription& model) const override { return whyNoHeads(model); }

    std::vector<SourceMap> maps(Engine& engine, ModelProbe& probe, const SourceSubject& subject,
                                const std::vector<int>& classes, const SourceSettings& settings,
                                const SourceRun& run) const override
    {
        const std::shared_ptr<const Decoding> decoding = decodingOf(engine, subject, run.progress);
        const int layer = layerOf(settings, decoding->extent().layers);
        std::vector<SourceMap> all;
        for (const int classIndex : classes) {
            all.push_back(attentionMap(*decoding, subject, probe.model().field, classIndex, layer));
            all.back().values = decoding->meanAttention(layer, classIndex);
        }
        return all;
    }
};

} // namespace

std::unique_ptr<const ExplanationSource> makeHeadSource()
{
    return std::make_unique<HeadSource>();
}

std::unique_ptr<const ExplanationSource> makeMeanSource()
{
    return std::make_unique<MeanSource>();
}

} // namespace ocellus
