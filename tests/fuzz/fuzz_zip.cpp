// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/read_checkpoint.h"

/// Whole files, as the window and the command line open them: zip, and legacy where the first byte says so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const ocellus::test::MemoryFile file(bytes, size);
    ocellus::test::readCheckpoint(file.path());
    return 0;
}
