// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>

namespace ocellus {

/// Gives back to the system what malloc holds and nobody uses. Caches free values of all sizes between others that
/// stay, and malloc by itself gives back only what lies at the end: after hours a third of the memory would be holes.
///
/// The next pass of the model has to take some of it again, which makes that one slower: therefore seldom. Does nothing
/// where malloc is not glibc's.
class HeapTrimmer {
public:
    static constexpr std::size_t unusedBytes = std::size_t{256} << 20; ///< so much is left alone
    static constexpr std::chrono::seconds interval{30};                ///< at the least

    enum class When {
        Seldom, ///< not again before the interval is over
        Now     ///< a whole model has gone, which is worth it
    };

    /// True where it did something. Takes a tenth of a second for 1 GB; other threads' malloc waits for parts of that.
    bool trim(When when = When::Seldom);

private:
    std::chrono::steady_clock::time_point m_next{};
};

} // namespace ocellus
