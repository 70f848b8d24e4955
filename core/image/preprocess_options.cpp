// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/preprocess_options.h"

#include <algorithm>
#include <charconv>

#include "core/base/error.h"

namespace ocellus {
namespace {

constexpr std::string_view fixedPrefix = "fixed:";

/// The number that the digits and nothing else make; -1 for any other text and for numbers beyond an int.
int wholeNumber(std::string_view digits)
{
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? std::max(value, -1) : -1;
}

} // namespace

std::string toString(const PreprocessOptions& options)
{
    if (options.fixedSide > 0)
        return std::string(fixedPrefix) + std::to_string(options.fixedSide);
    return std::to_string(options.shortSide) + ":" + std::to_string(options.longSide);
}

PreprocessOptions parsePreprocess(std::string_view text, const std::string& subject)
{
    constexpr std::size_t shownBytes = 40;
    const bool fixed = text.starts_with(fixedPrefix);
    const std::size_t colon = std::min(text.find(':'), text.size());
    const int first = wholeNumber(text.substr(0, colon));
    const int second = colon < text.size() ? wholeNumber(text.substr(colon + 1)) : -1;
    if (second < (fixed ? 1 : 0) || (!fixed && first < 0))
        throw Error(ErrorCode::BadArgument, subject,
                    "expected SHORT:LONG such as 800:1333, or fixed:SIDE such as fixed:224, got \"" +
                        std::string(text.substr(0, shownBytes)) + "\"");
    PreprocessOptions options;
    if (fixed)
        options.fixedSide = second;
    else
        options = {first, second};
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
}

} // namespace ocellus
