// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ocellus {

/// What a command line says of its options, for a narrow place that wraps: each option on a line, what it means
/// indented below it in a line of its own. Other lines stay as they are.
QString narrowHelp(const QString& help);

} // namespace ocellus
