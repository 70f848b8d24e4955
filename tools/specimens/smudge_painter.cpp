// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/smudge_painter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/edit/apply.h"
#include "tools/specimens/affine.h"

namespace ocellus {

namespace {

/// How much of each pixel the smudge covers, 0 to 255: its edge is `softness` of its radius wide.
void addCover(cv::Mat1b& cover, const Smudge& smudge, const Affine& toOwn, float softness)
{
    for (int row = 0; row < cover.rows; ++row)
        for (int column = 0; column < cover.cols; ++column) {
            const WingPoint own = toOwn({static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F});
            const float distance = std::hypot(own.x, own.y);
            if (distance > 1.3F)
                continue;
            const float rim = 1 + static_cast<float>(smudge.swing) * std::sin(3 * std::atan2(own.y, own.x) + 1);
            const float share = 1 - smoothStep(rim * (1 - softness), rim, distance);
            cover(row, column) = std::max(cover(row, column), static_cast<std::uint8_t>(255 * share));
        }
}

cv::Mat1b coverOf(const Smudge& smudge, const Individual& individual, int side)
{
    const auto scale = static_cast<float>(individual.wingLength) * static_cast<float>(side);
    const Affine toPicture = Affine::moved(static_cast<float>(individual.x) * static_cast<float>(side),
                                           static_cast<float>(individual.y) * static_cast<float>(side)) *
                             Affine::turned(individual.turn) * Affine::scaled(scale, scale);
    const float softness = smudge.kind == Smudge::Kind::Grime ? 0.8F : 0.02F;
    cv::Mat1b cover(side, side, std::uint8_t(0));
    for (const float sign : {1.0F, -1.0F}) {
        const Affine place = Affine::scaled(sign, 1) *
                             Affine::moved(static_cast<float>(smudge.x), static_cast<float>(smudge.y)) *
                             Affine::turned(smudge.turn) *
                             Affine::scaled(static_cast<float>(smudge.radiusX), static_cast<float>(smudge.radiusY));
        addCover(cover, smudge, (toPicture * place).inverse(), softness);
        if (!smudge.isMirrored)
            break;
    }
    return cover;
}

Mask maskOf(const cv::Mat1b& cover)
{
    return {{cover.cols, cover.rows}, {0, 0, cover.cols, cover.rows}, {cover.begin(), cover.end()}};
}

void soil(Picture& picture, const cv::Mat1b& cover, const Smudge& smudge)
{
    const float tint[] = {smudge.tint.red * 255, smudge.tint.green * 255, smudge.tint.blue * 255};
    std::size_t at = 0;
    for (const std::uint8_t share : cover) {
        const float strength = static_cast<float>(smudge.strength) * static_cast<float>(share) / 255;
        for (const float channel : tint) {
            picture.rgb[at] = static_cast<std::uint8_t>(
                std::lround(static_cast<float>(picture.rgb[at]) * (1 - strength) + channel * strength));
            ++at;
        }
    }
}

/// The marks, grown as one who goes around them by hand would.
cv::Mat1b grownMarks(const std::vector<std::uint8_t>& marks, int side, double margin)
{
    const cv::Mat1b mask(side, side, const_cast<std::uint8_t*>(marks.data()));
    const int reach = static_cast<int>(std::lround(margin * side));
    cv::Mat1b grown;
    cv::dilate(mask, grown, cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * reach + 1, 2 * reach + 1}));
    return grown;
}

} // namespace

Picture smudged(const Picture& wiped, const std::vector<std::uint8_t>& marks, const Individual& individual)
{
    const int side = wiped.size.width;
    Picture picture = applyEdits(wiped, {{"", maskOf(grownMarks(marks, side, individual.wipedMargin)), Inpaint()}});
    for (const Smudge& smudge : individual.smudges) {
        const cv::Mat1b cover = coverOf(smudge, individual, side);
        if (smudge.kind == Smudge::Kind::Grime)
            soil(picture, cover, smudge);
        else if (smudge.kind == Smudge::Kind::Filled)
            picture = applyEdits(picture, {{"", maskOf(cover), Inpaint()}});
        else
            picture = applyEdits(picture, {{"", maskOf(cover), Blur()}});
    }
    return picture;
}

} // namespace ocellus
