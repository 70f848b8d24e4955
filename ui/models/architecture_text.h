// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/engine/engine.h"

namespace ocellus {

/// The architecture in lines of plain words; values that nothing in the file tells end in "(assumed)".
QStringList architectureLines(const ModelDescription& model);

} // namespace ocellus
