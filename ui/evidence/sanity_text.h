// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include "core/explain/sanity_run.h"

namespace ocellus {

/// What a check of a model with random weights came to, in words.
class SanityText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::SanityText)

public:
    /// "heads 1 to 6: pass; head 7: fail; mean: pass · 8 pictures, rank correlation below 0.3 at decoder.0".
    static QString summary(const SanityReport& report);

    /// "With random weights up to decoder.0, head 3's maps of 8 pictures keep a rank correlation of 0.05 (95 %: −0.02
    /// to 0.11) with the trained ones; maps that have nothing to do with each other come to 0 ± 0.13." Empty where the
    /// report knows no such map. `map` in words.
    static QString sentence(const SanityReport& report, const std::string& label, const QString& map);
};

} // namespace ocellus
