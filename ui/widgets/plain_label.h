// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QWidget;

namespace ocellus {

/// A label for words that may hold names from files: shown as written, in as many lines as they need.
QLabel* plainLabel(QWidget* parent);

} // namespace ocellus
