// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <string>
#include <string_view>

#include "core/base/text.h"
#include "core/data/skipped_files.h"
#include "core/image/picture_facts.h"

namespace ocellus {

/// Exit codes of ocellus-cli; 128 + the signal's number where one stopped it.
enum ExitCode { ExitSuccess = 0, ExitFailure = 1, ExitBadOptions = 2 };

/// "ocellus-cli: ..." as one line on stderr.
void printError(std::string_view message);

/// What is out of the ordinary in pictures, one line for each kind on stderr.
void printRemarks(const RemarkCounts& remarks);
/// What a listing left out, as one line on stderr; nothing where it left nothing out.
void printSkipped(const SkippedFiles& skipped);

/// What went wrong, as a sentence. Memory that ran out names `subject`, because the exception cannot.
std::string describe(const std::exception& error, const std::string& subject);

/// "4:07", or "1:04:07" from an hour.
std::string durationText(double seconds);

} // namespace ocellus
