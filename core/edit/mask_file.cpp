// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/mask_file.h"

#include <array>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/image/stored_samples.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::uint16_t opaque8 = 255, opaque16 = 65'535;
constexpr std::uint8_t opaque = 255;

/// How many pixels have each value that occurs.
using Counts = std::map<std::uint16_t, std::size_t>;

std::string text(Size size)
{
    return std::to_string(size.width) + "x" + std::to_string(size.height);
}

void requireSize(const fs::path& path, Size mask, Size picture)
{
    if (mask == picture)
        return;
    const bool isTurned = mask == Size{picture.height, picture.width};
    throw Error(ErrorCode::Mismatch, path.string(),
                "expected a mask of the picture's " + text(picture) + " pixels, got " + text(mask),
                isTurned ? "It seems drawn on the picture as it is stored: turn it, or ignore EXIF orientation." : "");
}

Counts countsOf(const StoredSamples& stored, int channel)
{
    std::vector<std::size_t> table(std::size_t{1} << 16);
    for (std::size_t pixel = 0; pixel < stored.pixels(); ++pixel)
        ++table[stored.at(pixel, channel)];
    Counts counts;
    for (std::size_t value = 0; value < table.size(); ++value)
        if (table[value] > 0)
            counts.emplace(static_cast<std::uint16_t>(value), table[value]);
    return counts;
}

/// "0, 1 and 2", and no more than a line of them.
std::string listed(const Counts& counts)
{
    constexpr std::size_t most = 12;
    std::string names;
    std::size_t number = 0;
    for (const auto& [value, count] : counts) {
        if (number == most)
            return names + ", ...";
        names += (number == 0 ? "" : number + 1 == counts.size() ? " and " : ", ") + std::to_string(value);
        ++number;
    }
    return names;
}

/// A drawing of 0 and 255 whose edges were softened: some of the values between, anywhere between, in few pixels.
/// Labels beside them (0, 1 to 20 and 255 for the unknown) cover more, are few, or all lie near an end.
bool isSoftened(const Counts& counts, std::size_t pixels)
{
    constexpr std::size_t fewestBetween = 8;
    constexpr std::uint16_t low = 32, high = 223;
    if (counts.begin()->first != 0 || counts.rbegin()->first != opaque8 || counts.size() < fewestBetween + 2)
        return false;
    const std::size_t between = pixels - counts.begin()->second - counts.rbegin()->second;
    std::size_t seen = 0;
    std::uint16_t median = 0;
    for (auto value = std::next(counts.begin()); seen * 2 < between; ++value) {
        seen += value->second;
        median = value->first;
    }
    return between * 10 < pixels && median >= low && median <= high;
}

Mask maskOf(const StoredSamples& stored, const std::function<std::uint8_t(std::size_t)>& share)
{
    std::vector<std::uint8_t> alpha(stored.pixels());
    for (std::size_t pixel = 0; pixel < alpha.size(); ++pixel)
        alpha[pixel] = share(pixel);
    return {stored.size, wholeBox(stored.size), std::move(alpha)};
}

Mask pixelsWith(const StoredSamples& stored, int channel, int value)
{
    return maskOf(stored,
                  [&](std::size_t pixel) { return stored.at(pixel, channel) == value ? opaque : std::uint8_t{0}; });
}

[[noreturn]] void refuseValues(const fs::path& path, const Counts& counts, bool isPalette)
{
    constexpr std::size_t mostLabels = 64;
    if (counts.size() <= mostLabels)
        throw Error(ErrorCode::Unsupported, path.string(),
                    "expected two values, got the labels " + listed(counts) +
                        (isPalette ? " (indices of its palette)" : ""),
                    "Say which one is meant: --mask-label, or Label in the window.");
    throw Error(ErrorCode::Unsupported, path.string(),
                "expected two values, got " + std::to_string(counts.size()) + " different ones",
                "Save the mask in black and white or as a few labels, as PNG: JPEG blurs values.");
}

Mask byValues(const fs::path& path, const StoredSamples& stored, int channel)
{
    const Counts counts = countsOf(stored, channel);
    const std::uint16_t largest = counts.rbegin()->first;
    if (largest == 0)
        return Mask(stored.size);
    const bool isShare = !stored.note.empty() && largest <= opaque8;
    if (isShare || (!stored.isPalette && isSoftened(counts, stored.pixels())))
        return maskOf(stored, [&](std::size_t pixel) { return static_cast<std::uint8_t>(stored.at(pixel, channel)); });
    if (counts.size() == 1)
        throw Error(ErrorCode::Unsupported, path.string(),
                    "expected two values, got " + std::to_string(largest) + " everywhere",
                    "A mask of the whole picture says nothing of a region: is it the right file?");
    if (counts.size() == 2)
        return pixelsWith(stored, channel, largest);
    refuseValues(path, counts, stored.isPalette);
}

/// The one colour, black aside, of all pixels that are not wholly transparent; none where there are several or no such.
std::optional<std::array<std::uint16_t, 3>> onlyColour(const StoredSamples& stored, bool countsBlack)
{
    const bool hasAlpha = stored.channels % 2 == 0;
    const int colours = stored.channels - (hasAlpha ? 1 : 0);
    std::optional<std::array<std::uint16_t, 3>> only;
    for (std::size_t pixel = 0; pixel < stored.pixels(); ++pixel) {
        if (hasAlpha && stored.at(pixel, colours) == 0)
            continue;
        std::array<std::uint16_t, 3> colour{};
        for (int channel = 0; channel < colours; ++channel)
            colour[static_cast<std::size_t>(channel)] = stored.at(pixel, channel);
        if (!countsBlack && colour == std::array<std::uint16_t, 3>{})
            continue;
        if (only && *only != colour)
            return std::nullopt;
        only = colour;
    }
    return only;
}

/// One colour drawn on nothing, as drawing programs keep a layer.
Mask byAlpha(const fs::path& path, const StoredSamples& stored, const Counts& alpha)
{
    if (alpha.rbegin()->first == 0)
        return Mask(stored.size);
    if (!onlyColour(stored, true))
        throw Error(ErrorCode::Unsupported, path.string(),
                    "expected a mask, got several colours and an alpha channel, which say different things",
                    "Save it in black and white without an alpha channel.");
    const int whole = alpha.rbegin()->first > opaque8 ? opaque16 : opaque8;
    return maskOf(stored, [&](std::size_t pixel) {
        return static_cast<std::uint8_t>((stored.at(pixel, stored.channels - 1) * opaque8 + whole / 2) / whole);
    });
}

/// One colour on black.
Mask byColour(const fs::path& path, const StoredSamples& stored)
{
    const auto isBlack = [&](std::size_t pixel) {
        return stored.at(pixel, 0) == 0 && stored.at(pixel, 1) == 0 && stored.at(pixel, 2) == 0;
    };
    const Mask mask = onlyColour(stored, false)
                          ? maskOf(stored, [&](std::size_t pixel) { return isBlack(pixel) ? std::uint8_t{0} : opaque; })
                          : Mask();
    if (mask.isNone() || mask == Mask::whole(stored.size))
        throw Error(ErrorCode::Unsupported, path.string(),
                    "expected a mask in grey, of one colour on black or with a palette, got a picture with colours",
                    "Save the mask in black and white, or as labels.");
    return mask;
}

} // namespace

Mask readMask(const fs::path& path, Size picture, std::optional<int> label, const DecodeOptions& options)
{
    const StoredSamples stored = readSamples(path, options);
    requireSize(path, stored.size, picture);
    const bool hasAlpha = stored.channels % 2 == 0;
    if (label && stored.channels > 2)
        throw Error(ErrorCode::Unsupported, path.string(),
                    "expected labels in grey or as a palette's indices, of which " + std::to_string(*label) +
                        " is meant, got a picture with colours",
                    "Save the labels as a grey or indexed PNG, or choose none of them.");
    if (label)
        return pixelsWith(stored, 0, *label);
    if (hasAlpha)
        if (const Counts alpha = countsOf(stored, stored.channels - 1); alpha.size() > 1 || alpha.begin()->first == 0)
            return byAlpha(path, stored, alpha);
    if (stored.channels >= 3)
        return byColour(path, stored);
    return byValues(path, stored, 0);
}

} // namespace ocellus
