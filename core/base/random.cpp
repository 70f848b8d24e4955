// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

namespace ocellus {

namespace {

constexpr std::uint64_t goldenGamma = 0x9e3779b97f4a7c15U;

} // namespace

RandomStream::RandomStream(std::initializer_list<std::uint64_t> path) : m_state(0)
{
    for (const std::uint64_t step : path)
        m_state = scrambled(m_state + goldenGamma + scrambled(step + goldenGamma));
}

std::uint64_t RandomStream::next()
{
    m_state += goldenGamma;
    return scrambled(m_state);
}

double RandomStream::uniform()
{
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

double RandomStream::normal(double deviation)
{
    // Four uniform numbers have a variance of 4 / 12.
    double sum = -2;
    for (int i = 0; i < 4; ++i)
        sum += uniform();
    return deviation * sum * 1.7320508075688772;
}

} // namespace ocellus
