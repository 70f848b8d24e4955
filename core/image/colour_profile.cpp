// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/colour_profile.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include <lcms2.h>

namespace ocellus {

namespace {

/// Little CMS with its state to itself, without lines on stderr.
struct Closer {
    void operator()(void* handle) const { cmsDeleteContext(static_cast<cmsContext>(handle)); }
};
struct ProfileCloser {
    void operator()(void* handle) const { cmsCloseProfile(handle); }
};
struct TransformCloser {
    void operator()(void* handle) const { cmsDeleteTransform(handle); }
};
using Context = std::unique_ptr<void, Closer>;
using Profile = std::unique_ptr<void, ProfileCloser>;
using Transform = std::unique_ptr<void, TransformCloser>;

Context newContext()
{
    Context context(cmsCreateContext(nullptr, nullptr));
    cmsSetLogErrorHandlerTHR(static_cast<cmsContext>(context.get()), [](cmsContext, cmsUInt32Number, const char*) {});
    return context;
}

/// What cameras mean by Adobe RGB, after Adobe's specification of 1998: white D65, gamma 563/256.
Profile adobeRgb(cmsContext context)
{
    const cmsCIExyY white{0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
    cmsToneCurve* curve = cmsBuildGamma(context, 563.0 / 256);
    const std::array<cmsToneCurve*, 3> curves{curve, curve, curve};
    Profile profile(cmsCreateRGBProfileTHR(context, &white, &primaries, curves.data()));
    cmsFreeToneCurve(curve);
    return profile;
}

Profile profileOf(cmsContext context, const PictureMetadata& metadata)
{
    const std::vector<std::uint8_t>& bytes = metadata.profile();
    if (!bytes.empty())
        return Profile(cmsOpenProfileFromMemTHR(context, bytes.data(), static_cast<cmsUInt32Number>(bytes.size())));
    return metadata.isAdobeRgb() ? adobeRgb(context) : nullptr;
}

/// To sRGB, from RGB of 8 bits; nothing for other kinds of profile. Grey ones are asked with RGB of equal channels.
Transform transformOf(cmsContext context, const Profile& profile)
{
    const Profile srgb(cmsCreate_sRGBProfileTHR(context));
    const cmsColorSpaceSignature space = cmsGetColorSpace(profile.get());
    if (space != cmsSigRgbData && space != cmsSigGrayData)
        return nullptr;
    return Transform(cmsCreateTransformTHR(context, profile.get(), space == cmsSigRgbData ? TYPE_RGB_8 : TYPE_GRAY_8,
                                           srgb.get(), TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE));
}

bool isSrgb(const Profile& profile, const Transform& transform)
{
    constexpr int tolerance = 4; // published sRGB profiles differ by so much in the dark
    constexpr int step = 51;
    const bool isGrey = cmsGetColorSpace(profile.get()) == cmsSigGrayData;
    for (int red = 0; red <= 255; red += step)
        for (int green = 0; green <= 255; green += step)
            for (int blue = 0; blue <= 255; blue += step) {
                if (isGrey && (red != green || green != blue))
                    continue;
                const std::array<std::uint8_t, 3> from{static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green),
                                                       static_cast<std::uint8_t>(blue)};
                std::array<std::uint8_t, 3> to{};
                cmsDoTransform(transform.get(), from.data(), to.data(), 1);
                for (std::size_t i = 0; i < 3; ++i)
                    if (std::abs(from[i] - to[i]) > tolerance)
                        return false;
            }
    return true;
}

std::string nameOf(const Profile& profile)
{
    std::array<wchar_t, 128> wide{};
    cmsGetProfileInfo(profile.get(), cmsInfoDescription, "en", "GB", wide.data(), sizeof wide - sizeof(wchar_t));
    std::string name;
    for (const wchar_t letter : wide) {
        if (letter == 0)
            break;
        // Names are ASCII but for a few, and a stranger's control characters go nowhere.
        name += letter >= 0x20 && letter < 0x7F ? static_cast<char>(letter) : '?';
    }
    return name.empty() ? "without a name" : name;
}

/// False of what a profile of grey cannot be meant for.
bool hasNoColours(const Picture& picture)
{
    for (std::size_t i = 0; i < picture.rgb.size(); i += 3)
        if (picture.rgb[i] != picture.rgb[i + 1] || picture.rgb[i] != picture.rgb[i + 2])
            return false;
    return true;
}

} // namespace

std::string foreignColours(const PictureMetadata& metadata)
{
    if (metadata.profile().empty())
        return metadata.isAdobeRgb() ? "Adobe RGB (by EXIF)" : std::string();
    const Context context = newContext();
    const Profile profile = profileOf(static_cast<cmsContext>(context.get()), metadata);
    if (!profile)
        return "that cannot be read";
    const Transform transform = transformOf(static_cast<cmsContext>(context.get()), profile);
    return transform && isSrgb(profile, transform) ? std::string() : nameOf(profile);
}

bool convertToSrgb(const PictureMetadata& metadata, Picture& picture)
{
    const Context context = newContext();
    const Profile profile = profileOf(static_cast<cmsContext>(context.get()), metadata);
    const Transform transform = profile ? transformOf(static_cast<cmsContext>(context.get()), profile) : nullptr;
    if (!transform)
        return false;
    const auto width = static_cast<std::size_t>(picture.size.width);
    const bool isGrey = cmsGetColorSpace(profile.get()) == cmsSigGrayData;
    if (isGrey && !hasNoColours(picture))
        return false;
    std::vector<std::uint8_t> from(width * (isGrey ? 1 : 3));
    for (int y = 0; y < picture.size.height; ++y) {
        std::uint8_t* row = picture.rgb.data() + static_cast<std::size_t>(y) * width * 3;
        for (std::size_t i = 0; i < from.size(); ++i)
            from[i] = row[isGrey ? i * 3 : i];
        cmsDoTransform(transform.get(), from.data(), row, static_cast<cmsUInt32Number>(width));
    }
    return true;
}

} // namespace ocellus
