// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace ocellus {

struct TrainingRun;

/// How good it is, and how sure that is: "Best: 93.0 % (91.9 to 94.0) …". Empty before the first epoch.
QString bestText(const TrainingRun& run);

/// What a run's numbers mean, in words: whether it learns by heart, diverges or stands still, and what can be done. The
/// weightiest first; empty before the first epoch.
QStringList adviceOn(const TrainingRun& run);

/// With three digits, and none of powers of ten: "0.012", "less than 0.001".
QString lossText(double loss);

/// "93.0 % (91.9 to 94.0)", with Wilson's interval of 95 %, of that many pictures.
QString accuracyText(double percent, int pictures);

} // namespace ocellus
