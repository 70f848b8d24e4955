// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/sample_range.h"

#include <charconv>
#include <optional>

#include "core/base/error.h"

namespace ocellus {

namespace {

std::optional<int> sampleOf(std::string_view text)
{
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isSample = failure == std::errc() && end == text.data() + text.size();
    return isSample && value >= 0 && value <= SampleRange::largest ? std::optional(value) : std::nullopt;
}

} // namespace

std::string toString(const SampleRange& range)
{
    switch (range.kind) {
    case SampleRange::Kind::Full: return "full";
    case SampleRange::Kind::Auto: return "auto";
    case SampleRange::Kind::Given: break;
    }
    return std::to_string(range.low) + ':' + std::to_string(range.high);
}

SampleRange parseSampleRange(std::string_view text, const std::string& source)
{
    if (text == "full")
        return {};
    if (text == "auto")
        return {SampleRange::Kind::Auto};
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos) {
        const std::optional<int> low = sampleOf(text.substr(0, colon));
        const std::optional<int> high = sampleOf(text.substr(colon + 1));
        if (low && high && *low < *high)
            return {SampleRange::Kind::Given, *low, *high};
    }
    throw Error(ErrorCode::BadArgument, source,
                "expected full, auto or two samples from 0 to 65535 such as 0:4095, got \"" + std::string(text) + '"');
}

} // namespace ocellus
