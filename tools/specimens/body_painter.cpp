// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/body_painter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tools/specimens/value_noise.h"

namespace ocellus {

namespace {

constexpr float pi = std::numbers::pi_v<float>;

float radians(double degrees)
{
    return static_cast<float>(degrees * std::numbers::pi / 180);
}

float abdomenRadius(float t)
{
    return 0.056F * std::pow(std::max(1 - t, 0.0F), 0.42F) * (0.82F + 0.5F * t);
}

} // namespace

BodyPainter::BodyPainter(const RingDesign& ring, const Individual& individual, const Affine& toCanvas)
    : m_individual(individual),
      m_toCanvas(toCanvas),
      m_toBody(toCanvas.inverse()),
      m_scale(std::sqrt(toCanvas.xx * toCanvas.yy - toCanvas.xy * toCanvas.yx)),
      m_body(shifted(ring.body, individual.colours)),
      m_hair(shifted(ring.hair, individual.colours)),
      m_banded(ring.banded)
{
    const float angle = radians(individual.light.direction - individual.turn);
    m_light = {std::cos(angle), std::sin(angle)};
}

void BodyPainter::stroke(Canvas& canvas, WingPoint from, WingPoint to, float radiusFrom, float radiusTo,
                         const Colour& colour, float alpha) const
{
    canvas.stroke(m_toCanvas(from), m_toCanvas(to), radiusFrom * m_scale, radiusTo * m_scale, colour, alpha);
}

void BodyPainter::paintAntennae(Canvas& canvas) const
{
    constexpr int pieces = 14;
    for (int side = 0; side < 2; ++side) {
        const float sign = side == 0 ? 1 : -1;
        float angle = radians(m_individual.antennaTurns[static_cast<std::size_t>(side)]);
        WingPoint from = {sign * 0.014F, -0.17F};
        for (int i = 0; i < pieces; ++i) {
            const float t = static_cast<float>(i) / pieces;
            const WingPoint to = {from.x + sign * 0.035F * std::sin(angle), from.y - 0.035F * std::cos(angle)};
            const float club = smoothStep(0.78F, 0.95F, t);
            stroke(canvas, from, to, 0.0055F + 0.009F * club, 0.0055F + 0.009F * club,
                   mix(m_body * 0.8F, m_hair, 0.15F + 0.2F * static_cast<float>(i % 2)));
            angle += 0.035F;
            from = to;
        }
    }
}

WingPoint BodyPainter::abdomenAxis(float t) const
{
    const auto length = static_cast<float>(m_individual.abdomenLength);
    return {radians(m_individual.abdomenBend) * length * t * t, 0.07F + length * t};
}

void BodyPainter::paintAbdomen(Canvas& canvas) const
{
    const auto length = static_cast<float>(m_individual.abdomenLength);
    const ValueNoise noise(m_individual.textureKey + 31);
    const WingPoint middle = m_toCanvas(abdomenAxis(0.5F));
    const float margin = (length / 2 + 0.08F) * m_scale;
    const PixelRange rows(middle.y, middle.y, margin, canvas.side());
    const PixelRange columns(middle.x, middle.x, margin, canvas.side());
    for (int row = rows.begin; row < rows.end; ++row)
        for (int column = columns.begin; column < columns.end; ++column) {
            const WingPoint p = m_toBody({static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F});
            const float t = (p.y - 0.07F) / length;
            if (t < 0 || t > 1)
                continue;
            const float radius = abdomenRadius(t);
            const float off = p.x - abdomenAxis(t).x;
            const float alpha = std::clamp((radius - std::abs(off)) * m_scale + 0.5F, 0.0F, 1.0F);
            if (alpha <= 0)
                continue;
            const float x = std::clamp(off / std::max(radius, 1e-3F), -1.0F, 1.0F);
            const float height = std::sqrt(1 - 0.96F * x * x);
            const float segment = std::abs(std::sin(pi * 7 * t));
            float light = 0.5F + 0.45F * height + 0.22F * x * m_light.x;
            light *= 0.72F + 0.28F * smoothStep(0, 0.4F, segment);
            light *= 1 + 0.2F * noise.at(70 * p.x, 120 * p.y);
            const Colour colour = m_banded ? mix(m_hair, m_body, smoothStep(0.3F, 0.6F, segment)) : m_body;
            canvas.blend(column, row, colour * light, alpha);
        }
}

void BodyPainter::paintBall(Canvas& canvas, WingPoint centre, WingPoint radii, const Colour& colour, float shine) const
{
    const WingPoint middle = m_toCanvas(centre);
    const float margin = std::max(radii.x, radii.y) * m_scale + 1;
    const PixelRange rows(middle.y, middle.y, margin, canvas.side());
    const PixelRange columns(middle.x, middle.x, margin, canvas.side());
    for (int row = rows.begin; row < rows.end; ++row)
        for (int column = columns.begin; column < columns.end; ++column) {
            const WingPoint p = m_toBody({static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F});
            const float x = (p.x - centre.x) / radii.x;
            const float y = (p.y - centre.y) / radii.y;
            const float distance = std::hypot(x, y);
            const float alpha = std::clamp((1 - distance) * std::min(radii.x, radii.y) * m_scale + 0.5F, 0.0F, 1.0F);
            if (alpha <= 0)
                continue;
            const float height = std::sqrt(std::max(1 - distance * distance, 0.0F));
            const float lit = x * m_light.x + y * m_light.y;
            const float spark = shine * smoothStep(0.86F, 0.98F, 0.62F * lit + 0.8F * height);
            canvas.blend(column, row, mix(colour * (0.5F + 0.42F * height + 0.25F * lit), rgb(255, 255, 255), spark),
                         alpha);
        }
}

void BodyPainter::paintHairs(Canvas& canvas) const
{
    RandomStream random({m_individual.textureKey, 41});
    const auto lie = [&random](double from, double to) { return static_cast<float>(random.uniform(from, to)); };
    const auto hair = [&](WingPoint root, float angle, float length, float thickness) {
        const WingPoint tip = {root.x + length * std::cos(angle), root.y + length * std::sin(angle)};
        const float lit = 0.75F + 0.3F * (std::cos(angle) * m_light.x + std::sin(angle) * m_light.y) * lie(0.3, 1);
        stroke(canvas, root, tip, thickness, thickness * 0.3F, mix(m_body, m_hair, lie(0.2, 1)) * lit, 0.75F);
    };
    // Hairs at the wings' roots, then along the abdomen, then the thorax' fur from behind to the head.
    for (int i = 0; i < 70; ++i) {
        const float sign = i % 2 == 0 ? 1 : -1;
        const float y = lie(0.02, 0.2);
        hair({sign * lie(0.03, 0.06), y}, pi / 2 - sign * lie(0.15, 0.9), lie(0.05, 0.11), 0.0028F);
    }
    for (int i = 0; i < 130; ++i) {
        const float t = lie(0, 0.96);
        const float x = lie(-1, 1);
        hair({abdomenAxis(t).x + x * abdomenRadius(t), abdomenAxis(t).y}, pi / 2 - 0.9F * x, lie(0.012, 0.026),
             0.0024F);
    }
    for (int i = 0; i < 330; ++i) {
        const float angle = lie(0, 2 * pi);
        const float out = std::sqrt(lie(0, 1));
        const WingPoint root = {0.068F * out * std::cos(angle), 0.01F + 0.115F * out * std::sin(angle)};
        const float lean = std::atan2(0.35F + root.y * 3, root.x * 9) + lie(-0.5, 0.5);
        hair(root, lean, lie(0.02, 0.05), 0.0034F);
    }
}

void BodyPainter::paintBody(Canvas& canvas) const
{
    paintAbdomen(canvas);
    paintBall(canvas, {0, 0.01F}, {0.07F, 0.12F}, m_body, 0);
    paintBall(canvas, {0, -0.135F}, {0.045F, 0.04F}, m_body, 0);
    paintHairs(canvas);
    for (const float sign : {-1.0F, 1.0F})
        paintBall(canvas, {sign * 0.036F, -0.145F}, {0.019F, 0.024F}, rgb(38, 28, 24), 0.5F);
}

void BodyPainter::paintPin(Canvas& canvas) const
{
    const Pin& pin = m_individual.pin;
    const WingPoint head = {static_cast<float>(pin.x), static_cast<float>(pin.y)};
    const WingPoint foot = {head.x + static_cast<float>(pin.leanX), head.y + static_cast<float>(pin.leanY)};
    const auto radius = static_cast<float>(pin.radius);
    const WingPoint away = {head.x - m_light.x * 0.05F, head.y - m_light.y * 0.05F};
    stroke(canvas, foot, away, 0.005F, radius * 0.8F, rgb(0, 0, 0), 0.22F);
    stroke(canvas, foot, head, 0.0055F, 0.0055F, mix(pin.colour, rgb(150, 150, 150), 0.5F));
    paintBall(canvas, head, {radius, radius}, pin.colour, 0.85F);
}

} // namespace ocellus
