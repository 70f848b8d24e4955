// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/decode_flags.h"

namespace ocellus {

void addDecodeFlags(CLI::App& command, DecodeFlags& flags)
{
    command.add_flag("--ignore-exif", flags.ignoreExif, "Take the pixels as stored, as INTR's released code does");
    command.add_option(
        "--range", flags.range,
        "Of 16-bit pictures, the samples that are black and white: full (0:65535), auto (the fewest bits "
        "that hold the picture) or LOW:HIGH");
    command.add_flag("--to-srgb", flags.convertToSrgb, "Convert colours from the picture's profile to sRGB");
}

DecodeOptions decodeOptions(const DecodeFlags& flags)
{
    DecodeOptions options;
    options.ignoreExif = flags.ignoreExif;
    options.range = parseSampleRange(flags.range, "--range");
    options.convertToSrgb = flags.convertToSrgb;
    return options;
}

} // namespace ocellus
