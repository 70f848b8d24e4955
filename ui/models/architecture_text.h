// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/engine/engine.h"

namespace ocellus {

/// The architecture in lines of plain words; values that nothing in the file tells end in "(assumed)".
QStringList architectureLines(const ModelDescription& model);

/// What the training program wrote: figures, command, data; "nothing known" where it wrote nothing.
QStringList trainingLines(const ModelDescription& model);

/// "shorter side to 800, longer within 1333 px" or "a square of 224 px".
QString sizeText(const PreprocessOptions& options);

} // namespace ocellus
