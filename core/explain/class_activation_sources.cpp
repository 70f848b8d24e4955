// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/class_activation.h"
#include "core/explain/source_parts.h"

namespace ocellus {

namespace {

/// Grad-CAM and its two kin, on the backbone's grid or a stage before it.
class ClassActivationSource : public ExplanationSource {
public:
    explicit ClassActivationSource(CamMethod method) : m_method(method) {}

    SourceTraits traits() const override
    {
        SourceTraits traits{
            std::string(toString(m_method)),          "Grad-CAM", SourceCost::Pass, true, "logit", {stageOption()},
            "Selvaraju et al. 2017, arXiv 1610.02391"};
        if (m_method == CamMethod::HiResCam) {
            traits.name = "HiResCAM";
            traits.formula = "Draelos and Carin 2020, arXiv 2011.08891";
        } else if (m_method == CamMethod::GradCamPlusPlus) {
            traits.name = "Grad-CAM++";
            traits.formula = "Chattopadhay et al. 2018, arXiv 1710.11063";
            traits.options.push_back({"epsilon", "added to the divisor: 1e-06 as in public programs, 0 as in the paper",
                                      "1e-06", SourceOption::Kind::Real, 0, 1});
        }
        return traits;
    }

    std::string unfit(const ModelDescription& model) const override { return whyNoGradients(model); }

    std::vector<SourceMap> maps(Engine&, ModelProbe& probe, const SourceSubject& subject,
                                const std::vector<int>& classes, const SourceSettings& settings,
                                const SourceRun& run) const override
    {
        const auto trace = probe.trace(subject.input, probe.stage(settings.text("stage")), run.progress);
        const double epsilon = m_method == CamMethod::GradCamPlusPlus ? settings.real("epsilon") : 0;
        std::vector<SourceMap> all;
        for (const int classIndex : classes) {
            run.at(static_cast<double>(all.size() + 1) / static_cast<double>(classes.size() + 1), all);
            all.push_back(gridMap(*trace, subject.input.inputSize, classIndex,
                                  classActivation(trace->activations(), trace->gradients(classIndex, run.progress),
                                                  static_cast<std::size_t>(trace->channels()), m_method, epsilon)));
        }
        return all;
    }

private:
    CamMethod m_method;
};

} // namespace

std::unique_ptr<const ExplanationSource> makeGradCamSource()
{
    return std::make_unique<ClassActivationSource>(CamMethod::GradCam);
}

std::unique_ptr<const ExplanationSource> makeGradCamPlusPlusSource()
{
    return std::make_unique<ClassActivationSource>(CamMethod::GradCamPlusPlus);
}

std::unique_ptr<const ExplanationSource> makeHiResCamSource()
{
    return std::make_unique<ClassActivationSource>(CamMethod::HiResCam);
}

} // namespace ocellus
