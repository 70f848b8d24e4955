// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/data/augmentation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "core/base/error.h"
#include "core/base/random.h"

namespace ocellus {

namespace {

/// The numbers of DETR's `make_coco_transforms`, for a shorter side of 800.
constexpr int fullSide = 800;
constexpr int smallestSide = 480;
constexpr int sideStep = 32;
constexpr std::array sidesBeforeCrop{400, 500, 600};
constexpr int smallestCrop = 384;
constexpr int largestCrop = 600;

/// Pixels of a picture.
struct Crop {
    int left = 0, top = 0;
    Size size;
};

/// One of DETR's numbers for another shorter side.
int scaled(int side, int shortSide)
{
    return std::max(static_cast<int>(std::lround(static_cast<double>(side) * shortSide / fullSide)), 1);
}

PreprocessOptions randomResize(const PreprocessOptions& options, RandomStream& random)
{
    const int side = smallestSide + sideStep * random.below((fullSide - smallestSide) / sideStep + 1);
    PreprocessOptions drawn = options;
    drawn.shortSide = scaled(side, options.shortSide);
    return drawn;
}

/// The size before the crop. DETR sets no limit here; a picture far longer than wide would take all memory.
Size sizeBeforeCrop(Size picture, int shortSide, RandomStream& random)
{
    const int side = sidesBeforeCrop[static_cast<std::size_t>(random.below(static_cast<int>(sidesBeforeCrop.size())))];
    PreprocessOptions options;
    options.shortSide = scaled(side, shortSide);
    options.longSide = largestInputSide;
    return targetSize(picture, options);
}

/// Sides from 384 to 600, less where the picture ends.
Crop randomCrop(Size picture, int shortSide, RandomStream& random)
{
    const auto side = [&](int whole) {
        const int most = std::min(whole, scaled(largestCrop, shortSide));
        const int least = std::min(most, scaled(smallestCrop, shortSide));
        return least + random.below(most - least + 1);
    };
    Crop crop;
    crop.size.width = side(picture.width);
    crop.size.height = side(picture.height);
    crop.top = random.below(picture.height - crop.size.height + 1);
    crop.left = random.below(picture.width - crop.size.width + 1);
    return crop;
}

/// A part of `from`, as pixels of the same picture in another size.
Crop inOtherSize(const Crop& crop, Size from, Size to)
{
    const auto border = [](int place, int fromSide, int toSide) {
        return static_cast<int>(std::lround(static_cast<double>(place) * toSide / fromSide));
    };
    Crop result;
    result.left = std::min(border(crop.left, from.width, to.width), to.width - 1);
    result.top = std::min(border(crop.top, from.height, to.height), to.height - 1);
    result.size.width = std::max(border(crop.left + crop.size.width, from.width, to.width) - result.left, 1);
    result.size.height = std::max(border(crop.top + crop.size.height, from.height, to.height) - result.top, 1);
    return result;
}

Picture cut(const Picture& picture, const Crop& crop)
{
    const auto offset = [](int width, int x, int y) { return (static_cast<std::ptrdiff_t>(y) * width + x) * 3; };
    Picture result{crop.size, {}};
    result.rgb.resize(static_cast<std::size_t>(offset(crop.size.width, 0, crop.size.height)));
    for (int y = 0; y < crop.size.height; ++y)
        std::copy_n(picture.rgb.begin() + offset(picture.size.width, crop.left, crop.top + y),
                    offset(crop.size.width, 0, 1), result.rgb.begin() + offset(crop.size.width, 0, y));
    return result;
}

ModelInput augmentFully(const Picture& picture, const PreprocessOptions& options, RandomStream& random)
{
    const bool square = options.fixedSide > 0;
    if (random.chance(0.5))
        return preprocess(picture, square ? options : randomResize(options, random));
    if (square) {
        // Straight from the picture's own pixels: the size between would only blur them.
        const Size between = sizeBeforeCrop(picture.size, fullSide, random);
        const Crop crop = randomCrop(between, fullSide, random);
        return preprocess(cut(picture, inOtherSize(crop, between, picture.size)), options);
    }
    const Picture between = resizeBilinear(picture, sizeBeforeCrop(picture.size, options.shortSide, random));
    const Picture part = cut(between, randomCrop(between.size, options.shortSide, random));
    return preprocess(part, randomResize(options, random));
}

} // namespace

std::string_view toString(Augmentation augmentation)
{
    switch (augmentation) {
    case Augmentation::None: return "none";
    case Augmentation::Flip: return "flip";
    case Augmentation::Full: return "full";
    }
    return {};
}

Augmentation augmentationFromName(std::string_view name)
{
    for (const Augmentation augmentation : {Augmentation::None, Augmentation::Flip, Augmentation::Full}) {
        if (name == toString(augmentation))
            return augmentation;
    }
    throw Error(ErrorCode::BadArgument, "augmentation",
                "expected none, flip or full, got \"" + std::string(name) + "\"");
}

Picture flipped(const Picture& picture)
{
    Picture result{picture.size, std::vector<std::uint8_t>(picture.rgb.size())};
    const std::size_t stride = static_cast<std::size_t>(picture.size.width) * 3;
    for (std::size_t row = 0; row + stride <= picture.rgb.size() && stride > 0; row += stride) {
        for (std::size_t x = 0; x < stride; x += 3)
            std::copy_n(picture.rgb.data() + row + x, 3, result.rgb.data() + row + stride - 3 - x);
    }
    return result;
}

ModelInput augment(const Picture& picture, const PreprocessOptions& options, Augmentation augmentation,
                   std::uint64_t seed, int epoch, std::size_t index)
{
    if (augmentation == Augmentation::None)
        return preprocess(picture, options);
    // Refused before anything is drawn from the sizes, or cut out of pixels that are not there.
    targetSize(picture.size, options);
    const std::size_t bytes =
        static_cast<std::size_t>(picture.size.width) * static_cast<std::size_t>(picture.size.height) * 3;
    if (picture.rgb.size() != bytes)
        throw Error(ErrorCode::BadArgument, "picture",
                    "expected " + std::to_string(bytes) + " bytes, got " + std::to_string(picture.rgb.size()));
    RandomStream random{seed, static_cast<std::uint64_t>(epoch), index};
    const bool flip = random.chance(0.5);
    const Picture turned = flip ? flipped(picture) : Picture();
    const Picture& source = flip ? turned : picture;
    ModelInput input =
        augmentation == Augmentation::Flip ? preprocess(source, options) : augmentFully(source, options, random);
    input.pictureSize = picture.size;
    return input;
}

} // namespace ocellus
