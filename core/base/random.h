// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>

namespace ocellus {

/// One 64-bit number out of another, every bit of which depends on every bit (splitmix64's finaliser).
constexpr std::uint64_t scrambled(std::uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
}

/// Random numbers that are the same with every compiler and standard library (splitmix64, Steele et al. 2014), which
/// those of std:: distributions are not.
class RandomStream {
public:
    explicit RandomStream(std::uint64_t key) : m_state(key) {}
    /// The stream of a place in a tree of numbers: seed, epoch, picture, ...
    explicit RandomStream(std::initializer_list<std::uint64_t> path);

    std::uint64_t next();

    /// In [0, 1).
    double uniform();
    /// In [low, high).
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// Nearly normal: around 0 with this standard deviation, never beyond 3.5 of it (a sum of four uniform numbers).
    double normal(double deviation);
    /// In 0 ... count - 1, with `count` at least 1.
    int below(int count) { return static_cast<int>(uniform() * count); }
    bool chance(double probability) { return uniform() < probability; }

private:
    std::uint64_t m_state;
};

} // namespace ocellus
