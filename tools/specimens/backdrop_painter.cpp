// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/backdrop_painter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/random.h"
#include "tools/specimens/affine.h"
#include "tools/specimens/canvas.h"
#include "tools/specimens/value_noise.h"

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
        const float bentX = x + 0.012F * noise.at(31 * y, 23 * x);
        const float bentY = y + 0.012F * noise.at(29 * x + 7, 31 * y);
        const float grains = noise.rough(26 * bentX, 30 * bentY);
        const float pits = smoothStep(0.34F, 0.62F, noise.rough(38 * bentX + 9, 38 * bentY));
        return 0.13F * grains + 0.06F * noise.at(150 * x, 150 * y) - 0.3F * pits;
    }
    case BackdropKind::Cotton: {
        const float bentX = 3 * noise.at(4 * x, 5 * y);
        const float bentY = 3 * noise.at(5 * x + 3, 4 * y);
        return 0.06F * noise.rough(7 * x + bentX, 7 * y + bentY) +
               0.03F * noise.at(26 * x + 3 * bentY, 60 * y + 3 * bentX) + 0.02F * noise.at(170 * x, 170 * y);
    }
    case BackdropKind::Foam:
        return 0.014F * noise.at(200 * x, 200 * y) + 0.015F * noise.at(2.5F * x, 2.5F * y) +
               0.016F * noise.rough(55 * x + 30 * y, 55 * y - 30 * x);
    }
    return 0;
}

/// How dark the print on a label is at (x, y), in shares of the picture's side from the label's centre: lines of words
/// that nobody can read.
float ink(const PaperLabel& label, const ValueNoise& noise, float x, float y)
{
    const float pitch = static_cast<float>(label.height) / static_cast<float>(label.lines + 1);
    const float line = std::round(y / pitch + static_cast<float>(label.lines - 1) / 2);
    if (line < 0 || line > static_cast<float>(label.lines - 1))
        return 0;
    const float offLine = y - (line - static_cast<float>(label.lines - 1) / 2) * pitch;
    const float halfWidth = 0.44F * static_cast<float>(label.width);
    const float end = halfWidth * (0.55F + 0.45F * noise.at(3.7F, 5.3F * line));
    if (x < -halfWidth || x > end)
        return 0;
    const float word = smoothStep(-0.45F, -0.25F, noise.at(45 * x, 9.1F * line));
    const float letters = smoothStep(-0.25F, 0.35F, noise.at(290 * x, 11.3F * line + 190 * offLine));
    const float tall = 0.28F + 0.1F * noise.at(130 * x + 5, 2.9F * line);
    return word * letters * (1 - smoothStep(tall * 0.8F, tall, std::abs(offLine) / pitch));
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
            const float dark = 0.8F * ink(label, noise, p.x / scale, p.y / scale);
            pixel = mix(pixel, mix(paper, rgb(56, 50, 58), dark), cover);
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
