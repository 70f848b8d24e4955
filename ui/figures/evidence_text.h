// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include "core/explain/evidence_sheet.h"

namespace ocellus {

/// What was found out about a map, in sentences that can be quoted: the number, how many it stands among, and what
/// these are. The same on the screen, in reports and on the command line.
class EvidenceText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::EvidenceText)

public:
    static QString map(const EvidenceMap& map);             ///< "head 3", "the mean of the heads", "gradcam"
    static QString title(const EvidenceMap& map);           ///< the same to begin with: "Head 3"
    static QString test(EvidenceTest test);                 ///< "Covering what it shows"
    static QString column(EvidenceTest test);               ///< the same above a column: "covered"
    static QString verdict(EvidenceVerdict verdict);        ///< "supported"
    static QString mark(EvidenceVerdict verdict);           ///< "✓", "✗" or "?", never alone where there is room
    static QString verdictMeaning(EvidenceVerdict verdict); ///< what the word means, in a sentence

    /// "Covering the 5 % of the picture that head 3 looks at most lowers the logit of Argus by 4.1; of 199 equally
    /// large regions elsewhere on the animal none did as much (p = 0.005, over 8 heads 0.04)." Empty where it was not
    /// tested.
    static QString sentence(const EvidenceSheet& sheet, const EvidenceMap& map, EvidenceTest test,
                            const QString& className);

    static QString p(double p); ///< "p = 0.005"
    /// The number with its null beside it, for a cell of a table: "4.1 (p 0.04, n 199)".
    static QString cell(const EvidenceSheet& sheet, const EvidenceMap& map, EvidenceTest test);
};

} // namespace ocellus
