// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/result_check.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>

namespace ocellus {

namespace {

std::string headName(std::size_t head)
{
    return "head " + std::to_string(head + 1);
}

} // namespace

void ResultCheck::compare(std::size_t result, const StoredResult& stored, const StoredResult& got,
                          const std::vector<int>& classes)
{
    compareAll(result, "logit", stored.logits, got.logits,
               [&](std::size_t i) { return "class " + std::to_string(classes.at(i)); });
    compareAll(result, "peak attention", stored.peakAttention, got.peakAttention, headName);
    compareAll(result, "peak score", stored.peakScore, got.peakScore, headName);
}

template <class Name>
void ResultCheck::compareAll(std::size_t result, const char* what, const std::vector<float>& stored,
                             const std::vector<float>& got, const Name& name)
{
    if (stored.size() != got.size()) {
        differ({result, std::string("number of values of ") + what, static_cast<double>(stored.size()),
                static_cast<double>(got.size())});
        return;
    }
    for (std::size_t i = 0; i < got.size(); ++i) {
        ++m_numbers;
        const double before = stored[i], now = got[i], difference = std::abs(before - now);
        m_equal = m_equal && std::bit_cast<std::uint32_t>(stored[i]) == std::bit_cast<std::uint32_t>(got[i]);
        m_largest = std::max(m_largest, difference);
        if (!(difference <= tolerance * std::max(1.0, std::abs(before)))) // also where one is not a number
            differ({result, std::string(what) + " of " + name(i), before, now});
    }
}

void ResultCheck::differ(Difference difference)
{
    m_equal = false;
    ++m_differing;
    if (m_first.size() < maxNamed)
        m_first.push_back(std::move(difference));
}

} // namespace ocellus
