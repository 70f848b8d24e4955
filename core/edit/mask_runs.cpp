// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edit/mask_runs.h"

#include <algorithm>

#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr int maxLengthBytes = 5; // 35 bits: longer than any mask

/// Calls `use(length, value)` for each run.
template <class Use>
void forEachRun(std::span<const std::uint8_t> bytes, const std::string& subject, Use use)
{
    for (std::size_t at = 0; at < bytes.size();) {
        std::uint64_t length = 0;
        bool isMore = true;
        for (int i = 0; isMore && i < maxLengthBytes && at < bytes.size(); ++i, ++at) {
            length |= static_cast<std::uint64_t>(bytes[at] & 127) << (7 * i);
            isMore = bytes[at] & 128;
        }
        if (isMore || at == bytes.size() || length == 0)
            throw Error(ErrorCode::Damaged, subject, "expected runs of a length and a value, got one cut or empty");
        use(length, bytes[at++]);
    }
}

} // namespace

std::vector<std::uint8_t> runsOf(std::span<const std::uint8_t> values)
{
    std::vector<std::uint8_t> bytes;
    for (auto run = values.begin(); run != values.end();) {
        const std::uint8_t value = *run;
        const auto end = std::find_if(run, values.end(), [&](std::uint8_t other) { return other != value; });
        auto length = static_cast<std::uint64_t>(end - run);
        for (; length > 127; length >>= 7)
            bytes.push_back(static_cast<std::uint8_t>(length & 127) | 128);
        bytes.push_back(static_cast<std::uint8_t>(length));
        bytes.push_back(value);
        run = end;
    }
    return bytes;
}

std::vector<std::uint8_t> valuesOfRuns(std::span<const std::uint8_t> bytes, std::size_t count,
                                       const std::string& subject)
{
    std::uint64_t sum = 0;
    forEachRun(bytes, subject, [&](std::uint64_t length, std::uint8_t) {
        sum += length;
        if (sum > count)
            throw Error(ErrorCode::Damaged, subject, "expected " + std::to_string(count) + " values, got more");
    });
    if (sum != count)
        throw Error(ErrorCode::Damaged, subject,
                    "expected " + std::to_string(count) + " values, got " + std::to_string(sum));
    std::vector<std::uint8_t> values;
    values.reserve(count);
    forEachRun(bytes, subject,
               [&](std::uint64_t length, std::uint8_t value) { values.insert(values.end(), length, value); });
    return values;
}

} // namespace ocellus
