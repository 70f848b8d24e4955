// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/wing_map.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ocellus {

namespace {

constexpr int directions = 4096;
constexpr int stepsPerCurve = 24;
constexpr float pi = std::numbers::pi_v<float>;

float angleOf(int direction)
{
    return (static_cast<float>(direction) / directions * 2 - 1) * pi;
}

/// The angle of a direction, to 0.0001 radians: called for every pixel, where std::atan2 would take a third of the
/// time.
float fastAngle(float y, float x)
{
    const float steep = std::abs(y);
    const float flat = std::abs(x);
    const float ratio = std::min(steep, flat) / std::max(std::max(steep, flat), 1e-12F);
    const float square = ratio * ratio;
    // Abramowitz and Stegun, 4.4.47.
    const float series =
        0.9998660F + square * (-0.3302995F + square * (0.1801410F + square * (-0.0851330F + square * 0.0208351F)));
    float angle = ratio * series;
    if (steep > flat)
        angle = pi / 2 - angle;
    if (x < 0)
        angle = pi - angle;
    return y < 0 ? -angle : angle;
}

float lengthOf(WingPoint p)
{
    return std::sqrt(p.x * p.x + p.y * p.y);
}

/// A point of the Catmull-Rom curve from `b` to `c`.
WingPoint onCurve(const WingPoint& a, const WingPoint& b, const WingPoint& c, const WingPoint& d, float t)
{
    const auto blend = [t](float p, float q, float r, float s) {
        return 0.5F * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t * t * t);
    };
    return {blend(a.x, b.x, c.x, d.x), blend(a.y, b.y, c.y, d.y)};
}

std::vector<WingPoint> closedCurve(const std::vector<WingPoint>& knots)
{
    std::vector<WingPoint> curve;
    const std::size_t n = knots.size();
    for (std::size_t i = 0; i < n; ++i)
        for (int step = 0; step < stepsPerCurve; ++step)
            curve.push_back(onCurve(knots[(i + n - 1) % n], knots[i], knots[(i + 1) % n], knots[(i + 2) % n],
                                    static_cast<float>(step) / stepsPerCurve));
    return curve;
}

/// How far along the direction the line through two points lies; negative where it is missed.
float crossing(const WingPoint& from, const WingPoint& to, float angle)
{
    const float cosine = std::cos(angle);
    const float sine = std::sin(angle);
    const float sideFrom = from.x * sine - from.y * cosine;
    const float sideTo = to.x * sine - to.y * cosine;
    if ((sideFrom > 0) == (sideTo > 0))
        return -1;
    const float t = sideFrom / (sideFrom - sideTo);
    return (from.x + t * (to.x - from.x)) * cosine + (from.y + t * (to.y - from.y)) * sine;
}

} // namespace

WingMap::WingMap(const WingDesign& design, Wing wing, const std::vector<Tear>& tears)
    : m_rays(directions),
      m_veins(design.veins)
{
    traceOutline(design.outline);
    findRange();
    shapeMargin(design.scallop, tears, wing);
}

void WingMap::traceOutline(const std::vector<WingPoint>& outline)
{
    const std::vector<WingPoint> curve = closedCurve(outline);
    for (std::size_t i = 0; i < curve.size(); ++i) {
        const WingPoint& from = curve[i];
        const WingPoint& to = curve[(i + 1) % curve.size()];
        const float first = std::atan2(from.y, from.x);
        float turn = std::atan2(to.y, to.x) - first;
        turn -= 2 * pi * std::round(turn / (2 * pi));
        const int begin = static_cast<int>(std::floor((std::min(first, first + turn) / pi + 1) / 2 * directions)) - 1;
        const int end = static_cast<int>(std::ceil((std::max(first, first + turn) / pi + 1) / 2 * directions)) + 1;
        for (int k = begin; k <= end; ++k) {
            Ray& ray = m_rays[static_cast<std::size_t>((k + directions) % directions)];
            ray.radius = std::max(ray.radius, crossing(from, to, angleOf(k)));
        }
    }
}

void WingMap::findRange()
{
    // The stub by the body is no part of the wing's coordinates.
    constexpr float stub = 0.28F;
    int costa = directions / 4;
    while (m_rays[static_cast<std::size_t>(costa)].radius < stub && costa < directions - 1)
        ++costa;
    int dorsum = directions - 1;
    while (m_rays[static_cast<std::size_t>(dorsum)].radius < stub && dorsum > costa + 1)
        --dorsum;
    m_costa = angleOf(costa);
    m_dorsum = angleOf(dorsum);
    for (int k = 0; k < directions; ++k) {
        Ray& ray = m_rays[static_cast<std::size_t>(k)];
        ray.v = (angleOf(k) - m_costa) / (m_dorsum - m_costa);
        ray.vein = 1;
        for (const float vein : m_veins) {
            ray.spaceIndex += vein <= ray.v ? 1 : 0;
            if (std::abs(ray.v - vein) < std::abs(ray.vein))
                ray.vein = ray.v - vein;
        }
    }
}

void WingMap::shapeMargin(float scallop, const std::vector<Tear>& tears, Wing wing)
{
    for (Ray& ray : m_rays) {
        const float space = spaceAt(ray.v, ray.spaceIndex);
        const float inside = smoothStep(0.04F, 0.16F, ray.v) * smoothStep(0.02F, 0.12F, 1 - ray.v);
        ray.radius *= 1 - scallop * inside * (0.5F - 0.5F * std::cos(2 * pi * space));
        ray.torn = ray.radius;
        for (const Tear& tear : tears) {
            if (tear.wing != wing)
                continue;
            const float off = (ray.v - static_cast<float>(tear.v)) / static_cast<float>(tear.width);
            // Ragged, and steeper on one side, as paper tears.
            const float ragged = 1 + 0.25F * std::sin(9 * off + 40 * static_cast<float>(tear.v));
            const float notch = std::clamp(1.2F - std::abs(off + 0.3F * off * std::abs(off)) * ragged, 0.0F, 1.0F);
            ray.torn = std::min(ray.torn, ray.radius * (1 - static_cast<float>(tear.depth) * notch));
        }
        m_reach = std::max(m_reach, ray.radius);
    }
    for (int k = 0; k < directions; ++k) {
        const Ray& before = m_rays[static_cast<std::size_t>((k + directions - 1) % directions)];
        const Ray& after = m_rays[static_cast<std::size_t>((k + 1) % directions)];
        m_rays[static_cast<std::size_t>(k)].slope = (after.torn - before.torn) * directions / (4 * pi);
    }
}

float WingMap::spaceAt(float v, int index) const
{
    const float before = index == 0 ? 0 : m_veins[static_cast<std::size_t>(index - 1)];
    const float after = index == static_cast<int>(m_veins.size()) ? 1 : m_veins[static_cast<std::size_t>(index)];
    return std::clamp((v - before) / (after - before), 0.0F, 1.0F);
}

WingMap::Ray WingMap::rayAt(float angle) const
{
    const float place = (angle / pi + 1) / 2 * directions;
    const int whole = std::clamp(static_cast<int>(place), 0, directions - 1);
    const float t = place - static_cast<float>(whole);
    const Ray& a = m_rays[static_cast<std::size_t>(whole)];
    const Ray& b = m_rays[static_cast<std::size_t>(std::min(whole + 1, directions - 1))];
    const auto between = [t](float first, float second) { return first + t * (second - first); };
    return {between(a.radius, b.radius), between(a.torn, b.torn), between(a.slope, b.slope),
            between(a.v, b.v),           between(a.vein, b.vein), a.spaceIndex};
}

WingPlace WingMap::at(WingPoint point) const
{
    WingPlace place;
    const Ray ray = rayAt(fastAngle(point.y, point.x));
    place.radius = lengthOf(point);
    place.u = place.radius / std::max(ray.radius, 1e-4F);
    place.v = ray.v;
    const float steepness = ray.slope / std::max(place.radius, 0.02F);
    place.edge = (ray.torn - place.radius) / std::sqrt(1 + steepness * steepness);
    place.space = spaceAt(ray.v, ray.spaceIndex);
    place.vein = ray.vein * place.radius * (m_dorsum - m_costa);
    return place;
}

float WingMap::edgeAt(WingPoint point) const
{
    const Ray ray = rayAt(fastAngle(point.y, point.x));
    const float radius = lengthOf(point);
    const float steepness = ray.slope / std::max(radius, 0.02F);
    return (ray.torn - radius) / std::sqrt(1 + steepness * steepness);
}

std::array<WingPoint, 2> WingMap::bounds() const
{
    std::array<WingPoint, 2> corners{};
    for (int k = 0; k < directions; ++k) {
        const float radius = m_rays[static_cast<std::size_t>(k)].radius;
        const WingPoint p = {radius * std::cos(angleOf(k)), radius * std::sin(angleOf(k))};
        corners[0] = {std::min(corners[0].x, p.x), std::min(corners[0].y, p.y)};
        corners[1] = {std::max(corners[1].x, p.x), std::max(corners[1].y, p.y)};
    }
    return corners;
}

WingPoint WingMap::outwards(float v) const
{
    const float angle = m_costa + v * (m_dorsum - m_costa);
    return {std::cos(angle), std::sin(angle)};
}

WingPoint WingMap::pointAt(float u, float v) const
{
    const float angle = m_costa + v * (m_dorsum - m_costa);
    const float radius = u * rayAt(angle).radius;
    return {radius * std::cos(angle), radius * std::sin(angle)};
}

} // namespace ocellus
