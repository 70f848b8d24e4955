// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/apply.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <opencv2/core.hpp>

#include "core/base/error.h"
#include "core/edit/painting.h"

namespace ocellus {

namespace {

void blend(Picture& picture, const Mask& mask, const std::vector<std::uint8_t>& painted)
{
    const PixelBox& box = mask.box();
    const PixelBox all = wholeBox(picture.size);
    const auto alpha = mask.alpha();
    for (int y = box.top; y < box.bottom(); ++y) {
        std::uint8_t* pixel = picture.rgb.data() + all.indexOf(box.left, y) * 3;
        const std::size_t row = box.indexOf(box.left, y);
        for (std::size_t i = row * 3; i < (row + static_cast<std::size_t>(box.width)) * 3; ++i, ++pixel) {
            const int share = alpha[i / 3];
            *pixel = static_cast<std::uint8_t>((*pixel * (255 - share) + painted[i] * share + 127) / 255);
        }
    }
}

/// OpenCV's warp counts source pixels in 16 bits; quarter turns need no warp.
void requireTurnable(const Rotate& rotate, Size picture)
{
    constexpr int mostPixels = 32'766;
    if (std::max(picture.width, picture.height) > mostPixels && std::fmod(rotate.degrees, 90) != 0)
        throw Error(ErrorCode::TooLarge, "rotate",
                    "expected sides of at most " + std::to_string(mostPixels) +
                        " pixels for other than quarter turns, got " + std::to_string(picture.width) + "x" +
                        std::to_string(picture.height),
                    "Crop the picture first.");
}

void applyEdit(Picture& picture, const Edit& edit, const Progress& progress)
{
    requireApplicable(edit, picture.size);
    if (changesGeometry(edit.operation)) {
        picture = reshaped(picture, edit.operation);
        return;
    }
    const Mask mask = edit.mask.isNone() ? Mask::whole(picture.size) : edit.mask;
    if (!mask.empty())
        blend(picture, mask, painted(picture, mask, edit.operation, progress));
}

} // namespace

void requireApplicable(const Edit& edit, Size picture)
{
    requireValid(edit.operation);
    if (const auto* crop = std::get_if<Crop>(&edit.operation))
        requireWithin(crop->box, picture);
    if (const auto* rotate = std::get_if<Rotate>(&edit.operation))
        requireTurnable(*rotate, picture);
    if (changesGeometry(edit.operation)) {
        if (!edit.mask.isNone())
            throw Error(ErrorCode::BadArgument, "mask", "expected none for a crop or rotation, got one");
        return;
    }
    if (edit.mask.isNone()) {
        if (needsMask(edit.operation))
            throw Error(ErrorCode::BadArgument, "mask", "expected one for this operation, got none");
        return;
    }
    requireSize("mask", edit.mask.pictureSize(), picture);
    const auto* copy = std::get_if<CopyPatch>(&edit.operation);
    if (!copy || edit.mask.empty())
        return;
    PixelBox needed = edit.mask.box();
    needed.left += copy->dx;
    needed.top += copy->dy;
    requireWithin(needed, copy->source ? copy->source->size : picture);
}

Picture applyEdits(const Picture& original, const EditList& edits, const Progress& progress)
{
    if (original.empty() || original.rgb.size() != wholeBox(original.size).area() * 3)
        throw Error(ErrorCode::BadArgument, "picture", "expected one with pixels, got one without");
    Picture picture = original;
    for (const Edit& edit : edits) {
        progress.throwIfStopped();
        if (!edit.enabled)
            continue;
        try {
            applyEdit(picture, edit, progress);
        } catch (const Error& error) {
            if (error.code() == ErrorCode::Cancelled || edit.name.empty())
                throw;
            throw Error(error.code(), "edit \"" + edit.name + "\"", error.what(), error.wayOut());
        } catch (const cv::Exception&) {
            // What it says is of its source code; what it cannot do that we know of is refused before.
            throw Error(ErrorCode::TooLarge, "edit \"" + edit.name + "\"",
                        "cannot be done to a picture of " + std::to_string(picture.size.width) + "x" +
                            std::to_string(picture.size.height) + " pixels",
                        "Crop the picture or make the mask smaller.");
        }
    }
    return picture;
}

} // namespace ocellus
