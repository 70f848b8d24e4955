// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "core/image/decode.h"

namespace ocellus {

/// How pictures are read, as options of a command.
struct DecodeFlags {
    bool ignoreExif = false;
    std::string range = "full";
    bool convertToSrgb = false;
};

/// Adds --ignore-exif, --range and --to-srgb.
void addDecodeFlags(CLI::App& command, DecodeFlags& flags);

/// Throws Error(BadArgument) for a range that is none.
DecodeOptions decodeOptions(const DecodeFlags& flags);

} // namespace ocellus
