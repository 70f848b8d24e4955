// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/specimens/backdrop_painter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/random.h"
#include "core/specimens/affine.h"
#include "core/specimens/canvas.h"
#include "core/specimens/value_noise.h"

namespace ocellus {

namespace {

/// Lighter (above 0) or darker by this much at a place, which is in shares of the picture's side.
float texture(BackdropKind kind, const ValueNoise& noise, float x, float y)
{
    switch (kind) {
    case BackdropKind::Paper:
        return 0.018F * noise.rough(60 * x, 75 * y) + 0.02F * noise.at(190 * x, 190 * y) +
               0.02F * noise.at(3 * x, 3 * y);
    case BackdropKind::Cork: {
        const float grains = noise.rough(26 * x, 30 * y);
        const float pits = smoothStep(0.34F, 0.62F, noise.rough(38 * x + 9, 38 * y));
        return 0.13F * grains + 0.06F * noise.at(150 * x, 150 * y) - 0.3F * pits;
    }
    case BackdropKind::Cotton:
        return 0.06F * noise.rough(7 * x, 7 * y) + 0.04F * noise.at(24 * x + 2 * noise.at(6 * x, 6 * y), 60 * y) +
               0.02F * noise.at(150 * x, 150 * y);
    case BackdropKind::Foam:
        return 0.012F * noise.at(200 * x, 200 * y) + 0.015F * noise.at(2.5F * x, 2.5F * y) -
               0.07F * smoothStep(0.62F, 0.85F, noise.at(75 * x, 75 * y));
    }
    return 0;
}

void paintLabel(std::vector<Colour>& pixels, int side, const PaperLabel& label, const Individual& individual, int index)
{
    const auto scale = static_cast<float>(side);
    const Affine toCanvas = Affine::moved(static_cast<float>(label.x) * scale, static_cast<float>(label.y) * scale) *
                            Affine::turned(label.turn);
    const Affine toLabel = toCanvas.inverse();
    const float halfWidth = static_cast<float>(label.width) / 2 * scale;
    const float halfHeight = static_cast<float>(label.height) / 2 * scale;
    const double angle = individual.light.direction * std::numbers::pi / 180;
    const WingPoint shadow = {static_cast<float>(-std::cos(angle)) * 0.006F * scale,
                              static_cast<float>(-std::sin(angle)) * 0.006F * scale};
    const ValueNoise noise(individual.textureKey + static_cast<std::uint64_t>(60 + index));
    const auto edge = [&](WingPoint p) { return std::min(halfWidth - std::abs(p.x), halfHeight - std::abs(p.y)); };
    const float margin = halfWidth + halfHeight + 0.02F * scale;
    const PixelRange rows(toCanvas.y0, toCanvas.y0, margin, side);
    const PixelRange columns(toCanvas.x0, toCanvas.x0, margin, side);
    for (int row = rows.begin; row < rows.end; ++row)
        for (int column = columns.begin; column < columns.end; ++column) {
            const WingPoint at = {static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F};
            const WingPoint p = toLabel(at);
            const float blur = 0.008F * scale;
            const float shade = smoothStep(-blur, blur, edge(toLabel({at.x - shadow.x, at.y - shadow.y})));
            Colour& pixel = pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(side) +
                                   static_cast<std::size_t>(column)];
            pixel = pixel * (1 - 0.4F * shade);
            const float cover = std::clamp(edge(p) + 0.5F, 0.0F, 1.0F);
            const Colour paper = label.tint * (1 + 0.03F * noise.rough(90 * p.x / scale, 90 * p.y / scale));
            pixel = mix(pixel, paper, cover);
        }
}

} // namespace

std::vector<Colour> paintBackdrop(const Individual& individual, int side)
{
    const Backdrop& backdrop = individual.backdrop;
    const ValueNoise noise(individual.textureKey + 51);
    const auto contrast = static_cast<float>(backdrop.contrast);
    std::vector<Colour> pixels(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
    auto pixel = pixels.begin();
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column, ++pixel) {
            const float x = (static_cast<float>(column) + 0.5F) / static_cast<float>(side);
            const float y = (static_cast<float>(row) + 0.5F) / static_cast<float>(side);
            *pixel = backdrop.tint * (1 + contrast * texture(backdrop.kind, noise, x, y));
        }
    for (std::size_t i = 0; i < individual.labels.size(); ++i)
        paintLabel(pixels, side, individual.labels[i], individual, static_cast<int>(i));
    return pixels;
}

} // namespace ocellus
