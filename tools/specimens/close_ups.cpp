// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/close_ups.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/random.h"

namespace ocellus {

namespace {

constexpr double farthestFromMark = 0.09; ///< of a close-up's centre, in shares of the picture's side
constexpr int mostTries = 200;

Picture cutOut(const Picture& picture, Point centre, int side)
{
    const auto begin = [side](double middle, int whole) {
        return std::clamp(static_cast<int>(std::lround(middle)) - side / 2, 0, whole - side);
    };
    const int left = begin(centre.x, picture.size.width);
    const int top = begin(centre.y, picture.size.height);
    Picture part{{side, side}, {}};
    for (int row = top; row < top + side; ++row) {
        const auto first = picture.rgb.begin() + 3 * (static_cast<std::ptrdiff_t>(row) * picture.size.width + left);
        part.rgb.insert(part.rgb.end(), first, first + 3 * static_cast<std::ptrdiff_t>(side));
    }
    return part;
}

/// One of the places on either side where a mark of the ring would lie.
std::vector<DrawnMark> emptyPlaces(const Individual& individual, int side, RandomStream& random)
{
    const int count = static_cast<int>(ringDesigns().at(static_cast<std::size_t>(individual.ring)).marks.size());
    Marks all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), 0);
    std::vector<DrawnMark> places = markPlaces(individual, all, side);
    for (const int half : {0, 1}) {
        const int kept = random.below(count);
        std::erase_if(places, [&](const DrawnMark& place) { return place.side == half && place.mark != kept; });
    }
    return places;
}

bool isClear(Point centre, int side, const std::vector<DrawnMark>& marks)
{
    const double half = side / 2.0;
    return std::none_of(marks.begin(), marks.end(), [&](const DrawnMark& mark) {
        return mark.left < centre.x + half && mark.left + mark.width > centre.x - half && mark.top < centre.y + half &&
               mark.top + mark.height > centre.y - half;
    });
}

} // namespace

std::vector<CloseUp> closeUpsOf(const Individual& individual, const Specimen& specimen, int species)
{
    RandomStream random({individual.textureKey, 51});
    const int whole = specimen.picture.size.width;
    const int side = whole * 3 / 8;
    const auto within = [&](double middle) { return std::clamp(middle, side / 2.0, whole - side / 2.0); };
    const bool isPlain = specimen.places.empty();
    std::vector<CloseUp> closeUps;
    for (const DrawnMark& place : isPlain ? emptyPlaces(individual, whole, random) : specimen.places) {
        const double reach = farthestFromMark * whole;
        const Point centre = {place.centre.x + random.uniform(-reach, reach),
                              place.centre.y + random.uniform(-reach, reach)};
        closeUps.push_back({species, cutOut(specimen.picture, centre, side)});
    }
    for (int i = 0; i < mostTries; ++i) {
        const double reach = individual.wingLength * whole;
        const Point centre = {within(individual.x * whole + random.uniform(-0.9, 0.9) * reach),
                              within(individual.y * whole + random.uniform(-0.65, 0.6) * reach)};
        if (isClear(centre, side, specimen.places)) {
            closeUps.push_back({plainOfRing(species), cutOut(specimen.picture, centre, side)});
            break;
        }
    }
    return closeUps;
}

} // namespace ocellus
