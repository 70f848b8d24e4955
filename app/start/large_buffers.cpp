// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start/large_buffers.h"

#ifdef __linux__
#include <malloc.h>
#endif

namespace ocellus {

void keepLargeBuffers()
{
#ifdef __linux__
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 64 << 20);
#endif
}

} // namespace ocellus
