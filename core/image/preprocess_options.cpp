// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/preprocess_options.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/error.h"

namespace ocellus {
namespace {

/// The number that the digits and nothing else make; -1 for any other text and for numbers beyond an int.
int wholeNumber(std::string_view digits)
{
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? std::max(value, -1) : -1;
}

/// What stands before and after the first colon; the whole text and nothing where there is none.
std::pair<std::string_view, std::string_view> atColon(std::string_view text)
{
    const std::size_t colon = std::min(text.find(':'), text.size());
    return {text.substr(0, colon), text.substr(std::min(colon + 1, text.size()))};
}

/// Reads "800:1333", "fixed:224", "short:518" or "crop:256:224"; false for any other text.
bool readSize(std::string_view text, PreprocessOptions& options)
{
    const auto [word, rest] = atColon(text);
    const auto [second, third] = atColon(rest);
    if (word == "fixed") {
        options.fixedSide = wholeNumber(rest);
        return options.fixedSide >= 1;
    }
    const bool isCrop = word == "crop";
    if (isCrop || word == "short") {
        options.shortSide = wholeNumber(second);
        options.longSide = largestInputSide;
        options.cropSide = isCrop ? wholeNumber(third) : 0;
        return options.shortSide >= 0 && (isCrop ? options.cropSide >= 1 : rest == second);
    }
    options.shortSide = wholeNumber(word);
    options.longSide = wholeNumber(rest);
    return options.shortSide >= 0 && options.longSide >= 0;
}

bool readWord(std::string_view text, PreprocessOptions& options)
{
    if (text == "bicubic")
        options.filter = PixelFilter::Bicubic;
    else if (text == "half")
        options.normalisation = Normalisation::Half;
    else if (text == "clip")
        options.normalisation = Normalisation::Clip;
    else if (const auto [word, number] = atColon(text); word == "patch" && wholeNumber(number) >= 1)
        options.patch = wholeNumber(number);
    else
        return false;
    return true;
}

std::string sizeText(const PreprocessOptions& options)
{
    const std::string shortSide = std::to_string(options.shortSide);
    if (options.fixedSide > 0)
        return "fixed:" + std::to_string(options.fixedSide);
    if (options.cropSide > 0)
        return "crop:" + shortSide + ":" + std::to_string(options.cropSide);
    if (options.longSide == largestInputSide && options.shortSide != largestInputSide)
        return "short:" + shortSide;
    return shortSide + ":" + std::to_string(options.longSide);
}

} // namespace

std::string toString(const PreprocessOptions& options)
{
    std::string text = sizeText(options);
    if (options.patch > 0)
        text += ",patch:" + std::to_string(options.patch);
    if (options.filter == PixelFilter::Bicubic)
        text += ",bicubic";
    if (options.normalisation != Normalisation::ImageNet)
        text += options.normalisation == Normalisation::Half ? ",half" : ",clip";
    return text;
}

PreprocessOptions parsePreprocess(std::string_view text, const std::string& subject)
{
    constexpr std::size_t shownBytes = 40;
    PreprocessOptions options;
    std::string_view rest = text;
    bool isFirst = true;
    bool isLast = false;
    while (!isLast) {
        isLast = rest.find(',') == std::string_view::npos;
        const std::size_t comma = std::min(rest.find(','), rest.size());
        const std::string_view part = rest.substr(0, comma);
        rest = rest.substr(std::min(comma + 1, rest.size()));
        if (!(isFirst ? readSize(part, options) : readWord(part, options)))
            throw Error(ErrorCode::BadArgument, subject,
                        "expected SHORT:LONG such as 800:1333, or fixed:SIDE such as fixed:224, got \"" +
                            std::string(text.substr(0, shownBytes)) + "\"",
                        "short:518 and crop:256:224 are known too, and ,patch:14 ,bicubic ,half or ,clip after any of "
                        "them");
        isFirst = false;
    }
    validate(options, subject);
    return options;
}

void validate(const PreprocessOptions& options, const std::string& subject)
{
    const std::string limit = std::to_string(largestInputSide);
    if (options.fixedSide < 0 || options.fixedSide > largestInputSide)
        throw Error(ErrorCode::BadArgument, subject,
                    "expected a fixed side from 1 to " + limit + ", got " + std::to_string(options.fixedSide));
    if (options.fixedSide == 0 &&
        (options.shortSide < 1 || options.longSide < options.shortSide || options.longSide > largestInputSide))
        throw Error(ErrorCode::BadArgument, subject,
                    "expected 1 <= short <= long <= " + limit + ", got short " + std::to_string(options.shortSide) +
                        " and long " + std::to_string(options.longSide));
    if (options.cropSide < 0 ||
        (options.cropSide > 0 && (options.fixedSide > 0 || options.cropSide > options.shortSide)))
        throw Error(ErrorCode::BadArgument, subject,
                    "expected a crop from 1 to the shorter side " + std::to_string(options.shortSide) + ", got " +
                        std::to_string(options.cropSide));
    if (options.patch < 0 || options.patch > largestInputSide)
        throw Error(ErrorCode::BadArgument, subject,
                    "expected a patch from 1 to " + limit + ", got " + std::to_string(options.patch));
}

} // namespace ocellus
