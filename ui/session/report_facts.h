// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "ui/figures/report_writer.h"

namespace ocellus {

class Document;
class LiveAnswer;

/// What the whole report belongs to: the model and how it was trained, the class names, the resize, the session file
/// (which may be none), the program and the time.
ReportFacts factsOf(const Document& document, const LiveAnswer& answer, const std::filesystem::path& sessionFile);

/// The notes on the open model's heads; without a table where there are none.
ReportSection notesOf(const Document& document);

} // namespace ocellus
