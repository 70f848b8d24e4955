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

void ResultCheck::compare(std::size_t evidence, const Finding& stored, const Finding& got)
{
    const auto number = [](std::size_t i) { return "number " + std::to_string(i + 1); };
    m_isEvidence = true;
    compareAll(evidence, "value", std::vector{stored.value, stored.p}, std::vector{got.value, got.p}, number);
    compareAll(evidence, "comparison", stored.nulls, got.nulls, number);
    compareAll(evidence, "curve", stored.curve, got.curve, number);
    m_isEvidence = false;
}

template <class Number, class Name>
void ResultCheck::compareAll(std::size_t result, const char* what, const std::vector<Number>& stored,
                             const std::vector<Number>& got, const Name& name)
{
    if (stored.size() != got.size()) {
        differ({result, std::string("number of values of ") + what, static_cast<double>(stored.size()),
                static_cast<double>(got.size())});
        return;
    }
    for (std::size_t i = 0; i < got.size(); ++i) {
        ++m_numbers;
        const auto before = static_cast<double>(stored[i]), now = static_cast<double>(got[i]);
        const double difference = std::abs(before - now);
        m_equal = m_equal && std::bit_cast<std::uint64_t>(before) == std::bit_cast<std::uint64_t>(now);
        m_largest = std::max(m_largest, difference);
        if (!(difference <= tolerance * std::max(1.0, std::abs(before)))) // also where one is not a number
            differ({result, std::string(what) + " of " + name(i), before, now});
    }
}

void ResultCheck::differ(Difference difference)
{
    m_equal = false;
    ++m_differing;
    difference.isEvidence = m_isEvidence;
    if (m_first.size() < maxNamed)
        m_first.push_back(std::move(difference));
}

} // namespace ocellus
