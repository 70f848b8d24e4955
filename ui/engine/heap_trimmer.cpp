// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/heap_trimmer.h"

#include <cstdlib> // says whether it is glibc

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace ocellus {

bool HeapTrimmer::trim([[maybe_unused]] When when)
{
#ifdef __GLIBC__
    const auto now = std::chrono::steady_clock::now();
    if ((when == When::Seldom && now < m_next) || mallinfo2().fordblks <= unusedBytes)
        return false;
    malloc_trim(0);
    m_next = now + interval;
    return true;
#else
    return false;
#endif
}

} // namespace ocellus
