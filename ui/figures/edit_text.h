// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/edit/edit.h"

namespace ocellus {

/// The kind of an operation without its parameters: "Remove", "Recolour".
QString operationKind(const Operation& operation);

/// With its parameters, the same on the screen and in every figure: "Remove (Telea, radius 5)".
QString operationName(const Operation& operation);

/// The parameters alone: "Telea, radius 5".
QString operationParameters(const Operation& operation);

/// "left wing spot: Remove (Telea, radius 5)", or the operation alone for an edit without a name of its own; says "off"
/// of an edit that is disabled and "whole picture" where brightness or contrast has no mask.
QString describe(const Edit& edit);

/// The enabled edits in order, "1. ...; 2. ...", or "no edits".
QString describe(const EditList& edits);

} // namespace ocellus
