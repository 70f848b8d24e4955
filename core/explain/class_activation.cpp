// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/class_activation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/analysis/bilinear.h"
#include "core/base/error.h"

namespace ocellus {

namespace {

double meanOf(std::span<const float> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double plusPlusWeight(std::span<const float> activations, std::span<const float> gradients, double epsilon)
{
    const double sum = std::accumulate(activations.begin(), activations.end(), 0.0);
    double weight = 0;
    for (const float gradient : gradients) {
        const auto g = static_cast<double>(gradient);
        if (g > 0)
            weight += g * (g * g / (2 * g * g + sum * g * g * g + epsilon));
    }
    return weight;
}

/// Minimum to 0, maximum to 1.
void stretch(std::vector<float>& values)
{
    const auto [low, high] = std::ranges::minmax(values);
    const float range = 1e-7F + (high - low);
    for (float& value : values)
        value = (value - low) / range;
}

std::vector<BetweenCells> samplesOf(int cells, int pixels)
{
    std::vector<BetweenCells> samples;
    for (int pixel = 0; pixel < pixels; ++pixel)
        samples.push_back(betweenCells((pixel + 0.5) * cells / pixels - 0.5, cells));
    return samples;
}

} // namespace

std::string_view toString(CamMethod method)
{
    switch (method) {
    case CamMethod::GradCam: return "gradcam";
    case CamMethod::GradCamPlusPlus: return "gradcam++";
    case CamMethod::HiResCam: return "hirescam";
    }
    return "unknown";
}

std::vector<float> classActivation(std::span<const float> activations, std::span<const float> gradients,
                                   std::size_t channels, CamMethod method, double epsilon)
{
    if (activations.size() != gradients.size() || channels == 0 || activations.size() % channels != 0 ||
        activations.empty())
        throw Error(ErrorCode::Mismatch, "class activation",
                    "expected activations and gradients of one shape, got " + std::to_string(activations.size()) +
                        " and " + std::to_string(gradients.size()) + " values");
    const std::size_t cells = activations.size() / channels;
    std::vector<double> sum(cells);
    for (std::size_t channel = 0; channel < channels; ++channel) {
        const std::span<const float> a = activations.subspan(channel * cells, cells);
        const std::span<const float> g = gradients.subspan(channel * cells, cells);
        const double weight = method == CamMethod::GradCam           ? meanOf(g)
                              : method == CamMethod::GradCamPlusPlus ? plusPlusWeight(a, g, epsilon)
                                                                     : 0;
        for (std::size_t cell = 0; cell < cells; ++cell)
            sum[cell] +=
                (method == CamMethod::HiResCam ? static_cast<double>(g[cell]) : weight) * static_cast<double>(a[cell]);
    }
    return {sum.begin(), sum.end()};
}

std::vector<float> displayedActivation(std::span<const float> map, int rows, int columns, Size size)
{
    if (rows < 1 || columns < 1 || map.size() != static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns))
        throw Error(ErrorCode::Mismatch, "class activation", "expected a map that fills its grid");
    std::vector<float> positive(map.size());
    std::ranges::transform(map, positive.begin(), [](float value) { return std::max(value, 0.0F); });
    stretch(positive);
    std::vector<float> pixels = sampled(positive, static_cast<std::size_t>(columns), samplesOf(columns, size.width),
                                        samplesOf(rows, size.height));
    stretch(pixels);
    return pixels;
}

} // namespace ocellus
