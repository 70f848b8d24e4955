// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/evaluation/evaluation_run.h"

namespace ocellus {

/// "91.9 % of 472 pictures were named rightly (89.2 to 94.1 %)...", with what makes that less than it looks.
QString headlineOf(const EvaluationFindings& findings);

/// What it is of: model, pictures, input size, what was left out, and doubts.
QString subjectOf(const EvaluationFindings& findings);

/// "validation", "test", "training", or "all pictures" without a part.
QString partText(std::optional<PictureSplit> part);

} // namespace ocellus
