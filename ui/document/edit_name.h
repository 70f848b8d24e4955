// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <QString>

#include "core/edit/mask.h"

namespace ocellus {

/// A name as it is shown: on one line, and of a length that leaves room for other words.
QString shownName(const std::string& name);

/// What is kept of a name that was typed: without white space around it, in UTF-8, cut at a whole letter where it
/// would be longer than maxNameBytes.
std::string keptName(const QString& typed);

/// "1,234 pixels, 2.1 % of the picture", or that nothing is selected.
QString regionText(const Mask& mask);

} // namespace ocellus
