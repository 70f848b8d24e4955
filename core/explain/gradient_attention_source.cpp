// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/explain/source_parts.h"

namespace ocellus {

namespace {

constexpr int sumOfAll = -1;

/// A class's attention times how its logit answers to it: which of the looking counts. Of one head, of each, or summed.
class GradientAttentionSource : public ExplanationSource {
public:
    SourceTraits traits() const override
    {
        return {"gradient-attention",
                "Gradient times attention",
                SourceCost::Pass,
                true,
                "logit",
                {layerOption(), {"head", "a head from 1, each, or sum", "sum", SourceOption::Kind::Text}},
                "Barkan et al. 2021, arXiv 2110.12894"};
    }

    std::string unfit(const ModelDescription& model) const override
    {
        const std::string why = whyNoHeads(model);
        return why.empty() ? whyNoGradients(model) : why;
    }

    std::vector<SourceMap> maps(Engine&, ModelProbe& probe, const SourceSubject& subject,
                                const std::vector<int>& classes, const SourceSettings& settings,
                                const SourceRun& run) const override
    {
        const auto trace = probe.trace(subject.input, probe.stage("grid"), run.progress);
        const int layers = probe.model().offer.layers;
        const int layer = layerOf(settings, layers);
        const int ofTrace = layer - (layers - trace->layers());
        if (ofTrace < 0)
            throw Error(ErrorCode::BadArgument, "layer",
                        "expected last or " + std::to_string(layers) +
                            ": in the blocks before it no token belongs to a class, got " + settings.text("layer"));
        const std::string& text = settings.text("head");
        const std::vector<int> wanted = text == "sum" ? std::vector{sumOfAll} : headsNamed(text, trace->heads());
        std::vector<SourceMap> all;
        for (const int classIndex : classes) {
            run.at(static_cast<double>(all.size()) / static_cast<double>(classes.size() * wanted.size()), all);
            const std::vector<float> products = trace->attentionGradients(classIndex, run.progress);
            for (const int head : wanted) {
                all.push_back(gridMap(*trace, subject.input.inputSize, classIndex,
                                      head == sumOfAll ? summed(products, *trace, ofTrace)
                                                       : one(products, *trace, ofTrace, head)));
                all.back().layer = layer;
                if (head != sumOfAll)
                    all.back().head = head;
            }
        }
        return all;
    }

private:
    static std::vector<float> one(const std::vector<float>& products, const GradientTrace& trace, int layer, int head)
    {
        const std::size_t first = (static_cast<std::size_t>(layer) * static_cast<std::size_t>(trace.heads()) +
                                   static_cast<std::size_t>(head)) *
                                  trace.cells();
        const auto begin = products.begin() + static_cast<std::ptrdiff_t>(first);
        return {begin, begin + static_cast<std::ptrdiff_t>(trace.cells())};
    }

    static std::vector<float> summed(const std::vector<float>& products, const GradientTrace& trace, int layer)
    {
        std::vector<float> sum(trace.cells());
        for (int head = 0; head < trace.heads(); ++head) {
            const std::vector<float> own = one(products, trace, layer, head);
            for (std::size_t cell = 0; cell < sum.size(); ++cell)
                sum[cell] += own[cell];
        }
        return sum;
    }
};

} // namespace

std::unique_ptr<const ExplanationSource> makeGradientAttentionSource()
{
    return std::make_unique<GradientAttentionSource>();
}

} // namespace ocellus
