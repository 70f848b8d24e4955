// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace ocellus {

/// Longest side that the model's input may be given. A square of it takes INTR with ResNet-50 about 5 GB.
constexpr int largestInputSide = 4096;

/// Pillow's filters, antialiased where the picture shrinks.
enum class PixelFilter { Bilinear, Bicubic };

/// What is subtracted from pixels in [0, 1] and what they are divided by then, per channel.
enum class Normalisation {
    ImageNet, ///< DETR, DeiT, DINO, DINOv2
    Half,     ///< 0.5 and 0.5: Google's ViT, Prompt-CAM, INTR-Encoders
    Clip      ///< OpenAI's CLIP, OpenCLIP, BioCLIP
};

/// How a picture becomes the model's input. Sides are pixels from 1 to largestInputSide.
struct PreprocessOptions {
    int shortSide = 800; ///< the shorter side after the resize
    int longSide = 1333; ///< the longer side stays within this, from shortSide
    int fixedSide = 0;   ///< > 0: a square of this side whatever the picture's shape; the other two are then unused
    int cropSide = 0;    ///< > 0: the middle square of this side is all that the model sees
    int patch = 0;       ///< > 0: what is left beyond the last multiple of this, right and below, is trimmed
    PixelFilter filter = PixelFilter::Bilinear;
    Normalisation normalisation = Normalisation::ImageNet;

    bool operator==(const PreprocessOptions&) const = default;
};

/// "800:1333"; "fixed:224" where the picture becomes a square; "short:518" without a bound of the longer side but
/// largestInputSide; "crop:256:224" where the middle 224 x 224 of the picture with the shorter side 256 is cut out.
/// What differs from INTR's way follows: ",patch:14", ",bicubic", ",half" or ",clip".
std::string toString(const PreprocessOptions& options);

/// Reads what toString writes. Throws Error(BadArgument) with `subject` for any other text and for sides that
/// validate() refuses.
PreprocessOptions parsePreprocess(std::string_view text, const std::string& subject = "image size");

/// Throws Error(BadArgument) for sides outside their ranges.
void validate(const PreprocessOptions& options, const std::string& subject = "input size");

} // namespace ocellus
