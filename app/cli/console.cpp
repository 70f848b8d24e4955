// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include <cmath>
#include <cstdio>
#include <iostream>
#include <new>

namespace ocellus {

void printError(std::string_view message)
{
    std::cerr << "ocellus-cli: " << oneLine(message) << '\n' << std::flush;
}

void printRemarks(const RemarkCounts& remarks)
{
    for (const std::string& line : remarks.lines())
        printError(line);
}

void printSkipped(const SkippedFiles& skipped)
{
    if (!skipped.empty())
        printError(skipped.sentence());
}

std::string describe(const std::exception& error, const std::string& subject)
{
    if (dynamic_cast<const std::bad_alloc*>(&error))
        return subject + ": not enough memory";
    return error.what();
}

std::string durationText(double seconds)
{
    const auto whole = static_cast<long>(std::lround(seconds));
    char text[64];
    if (whole < 3600)
        std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
    else
        std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    return text;
}

} // namespace ocellus
