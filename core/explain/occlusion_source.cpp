// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/explain/source_parts.h"
#include "core/explain/substrate.h"

namespace ocellus {

namespace {

/// How much a class's logit loses where a patch covers the picture, for every place of the patch.
class OcclusionSource : public ExplanationSource {
public:
    SourceTraits traits() const override
    {
        using Kind = SourceOption::Kind;
        return {"occlusion",
                "Occlusion",
                SourceCost::Many,
                true,
                "logit",
                {sideOption(),
                 {"patch", "side of the patch, pixels of the model's input", "32", Kind::Whole, 1, largestInputSide},
                 {"stride", "pixels from one place to the next", "16", Kind::Whole, 1, largestInputSide},
                 {"substrate",
                  "what covers the picture",
                  "grey",
                  Kind::Choice,
                  0,
                  0,
                  {"grey", "mean", "blur", "inpainting"}}},
                "Zeiler and Fergus 2014, arXiv 1311.2901"};
    }

    std::string unfit(const ModelDescription&) const override { return {}; }

    double passes(const SourceSettings& settings, Size size) const override
    {
        const double share = shareOfPass(size, settings.whole("side"));
        const double stride = settings.whole("stride");
        return share * (share * size.width * size.height / (stride * stride) + 1);
    }

    std::vector<SourceMap> maps(Engine&, ModelProbe& probe, const SourceSubject& subject,
                                const std::vector<int>& classes, const SourceSettings& settings,
                                const SourceRun& run) const override
    {
        const ModelInput input = smallInput(subject, settings.whole("side"));
        const Size size = input.inputSize;
        const int patch = std::min({settings.whole("patch"), size.width, size.height});
        const int stride = settings.whole("stride");
        const std::string& name = settings.text("substrate");
        const Substrate substrate = name == "grey" ? Substrate::Zero : substrateOf(name);
        const std::vector<float> whole = substrateOfWhole(substrate, input.values, size);
        const std::vector<float> untouched = probe.logits(input.values, size, run.progress);

        std::vector<SourceMap> all = emptyMaps(classes, size, patch, stride);
        const int rows = placesOf(size.height, patch, stride);
        const int columns = placesOf(size.width, patch, stride);
        for (int place = 0; place < rows * columns; ++place) {
            const std::vector<std::size_t> covered =
                pixelsUnder(size, patch, (place % columns) * stride, (place / columns) * stride);
            const std::vector<float> logits =
                probe.logits(coveredInput(input, covered, substrate, whole), size, run.progress);
            for (SourceMap& map : all) {
                const auto c = static_cast<std::size_t>(map.classIndex);
                map.values[static_cast<std::size_t>(place)] = untouched[c] - logits[c];
                map.count = place + 1;
            }
            const bool endsRow = place % columns == columns - 1;
            run.at((place + 1.0) / (rows * columns), endsRow ? all : std::vector<SourceMap>());
        }
        return all;
    }

private:
    /// The last patch may reach beyond the border.
    static int placesOf(int side, int patch, int stride) { return (side - patch + stride - 1) / stride + 1; }

    static std::vector<SourceMap> emptyMaps(const std::vector<int>& classes, Size size, int patch, int stride)
    {
        std::vector<SourceMap> all;
        for (const int classIndex : classes) {
            SourceMap& map = all.emplace_back();
            map.classIndex = classIndex;
            map.rows = placesOf(size.height, patch, stride);
            map.columns = placesOf(size.width, patch, stride);
            map.values.resize(static_cast<std::size_t>(map.rows) * static_cast<std::size_t>(map.columns));
            map.input = size;
            map.field = {stride, patch / 2.0, patch};
            map.bytes =
                static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 9 * sizeof(float);
        }
        return all;
    }

    static std::vector<std::size_t> pixelsUnder(Size size, int patch, int left, int top)
    {
        std::vector<std::size_t> pixels;
        for (int y = top; y < std::min(top + patch, size.height); ++y)
            for (int x = left; x < std::min(left + patch, size.width); ++x)
                pixels.push_back(static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) +
                                 static_cast<std::size_t>(x));
        return pixels;
    }

    static std::vector<float> coveredInput(const ModelInput& input, const std::vector<std::size_t>& covered,
                                           Substrate substrate, const std::vector<float>& whole)
    {
        const std::size_t pixels = input.values.size() / 3;
        if (substrate == Substrate::Inpainting) {
            std::vector<unsigned char> missing(pixels);
            for (const std::size_t pixel : covered)
                missing[pixel] = 1;
            return spreadInto(input.values, missing, input.inputSize);
        }
        std::vector<float> values = input.values;
        for (const std::size_t pixel : covered)
            for (std::size_t value = pixel; value < values.size(); value += pixels)
                values[value] = whole[value];
        return values;
    }
};

} // namespace

std::unique_ptr<const ExplanationSource> makeOcclusionSource()
{
    return std::make_unique<OcclusionSource>();
}

} // namespace ocellus
