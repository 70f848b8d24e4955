// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/class_activation.h"
#include "core/explain/finer_score.h"
#include "core/explain/source_parts.h"

namespace ocellus {

namespace {

/// Grad-CAM of what sets a class apart from the ones that are nearest to it, or from chosen ones.
class FinerCamSource : public ExplanationSource {
public:
    SourceTraits traits() const override
    {
        return {
            "finercam",
            "Finer-CAM",
            SourceCost::Pass,
            true,
            "logit",
            {stageOption(),
             {"references", "classes to set apart from, as 3+17; empty: the three nearest", "",
              SourceOption::Kind::Classes},
             {"alpha", "how much of a reference's logit is taken off", "1", SourceOption::Kind::Real, 0, 10},
             {"through-weights", "let the gradient run through the references' probabilities, as public programs do",
              "yes", SourceOption::Kind::Flag}},
            "Zhang et al. 2025, arXiv 2501.11309"};
    }

    std::string unfit(const ModelDescription& model) const override
    {
        return model.offer.classes < 2 ? "with one class there is nothing to set it apart from" : whyNoGradients(model);
    }

    std::vector<SourceMap> maps(Engine&, ModelProbe& probe, const SourceSubject& subject,
                                const std::vector<int>& classes, const SourceSettings& settings,
                                const SourceRun& run) const override
    {
        const FinerRecipe recipe{settings.classes("references"), settings.real("alpha"),
                                 settings.flag("through-weights")};
        const auto trace = probe.trace(subject.input, probe.stage(settings.text("stage")), run.progress);
        std::vector<SourceMap> all;
        for (const int classIndex : classes) {
            run.at(static_cast<double>(all.size() + 1) / static_cast<double>(classes.size() + 1), all);
            const FinerScore score = finerScore(trace->logits(), classIndex, recipe);
            all.push_back(
                gridMap(*trace, subject.input.inputSize, classIndex,
                        classActivation(trace->activations(), trace->gradients(score.derivative, run.progress),
                                        static_cast<std::size_t>(trace->channels()), CamMethod::GradCam)));
            all.back().references = score.references;
        }
        return all;
    }
};

} // namespace

std::unique_ptr<const ExplanationSource> makeFinerCamSource()
{
    return std::make_unique<FinerCamSource>();
}

} // namespace ocellus
