// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace ocellus {

struct EvaluationReport;

/// confusion.png, and beside it what writeEvaluation() writes. Needs a QGuiApplication. Throws as that and
/// renderConfusion() do.
void writeEvaluationFiles(const std::filesystem::path& folder, const EvaluationReport& report);

} // namespace ocellus
