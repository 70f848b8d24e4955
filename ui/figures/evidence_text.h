// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include "core/explain/evidence_sheet.h"
#include "core/explain/pointing_finding.h"

namespace ocellus {

/// What was found out about a map, in sentences that can be quoted: the number, how many it stands among, and what
/// these are. The same on the screen, in reports and on the command line.
class EvidenceText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::EvidenceText)

public:
    /// "head 3", "the mean of the heads", "Grad-CAM", as the sheet names it.
    static QString map(const EvidenceSheet& sheet, const EvidenceMap& map);
    static QString title(const EvidenceSheet& sheet, const EvidenceMap& map); ///< the same to begin with: "Head 3"
    static QString test(EvidenceTest test);                                   ///< "Covering what it shows"
    static QString column(EvidenceTest test);                                 ///< the same above a column: "covered"
    static QString verdict(EvidenceVerdict verdict);                          ///< "supported"
    static QString mark(EvidenceVerdict verdict);           ///< "✓", "✗" or "?", never alone where there is room
    static QString verdictMeaning(EvidenceVerdict verdict); ///< what the word means, in a sentence

    /// "Covering the 5 % of the picture that head 3 looks at most lowers the logit of Argus by 4.1; of 199 equally
    /// large regions elsewhere on the animal none did as much (p = 0.005, over 8 heads 0.04)." Empty where it was not
    /// tested.
    static QString sentence(const EvidenceSheet& sheet, const EvidenceMap& map, EvidenceTest test,
                            const QString& className);

    /// "Its peak is in the active mask; a cell drawn at random is there in 12 %, and the middle of the picture is not."
    static QString sentence(const PointingGame& game, const QString& region);

    /// What the marks mean, for a figure: the test of that map, its null, how many and how they were corrected.
    static QString legend(const EvidenceSheet& sheet, const EvidenceMap& map);
    static QString correction(const EvidenceSheet& sheet, const EvidenceMap& map); ///< "Holm over 8 heads"

    static QString p(double p); ///< "p = 0.005"
    /// The number with its null beside it, for a cell of a table: "4.1 (p 0.04, n 199)".
    static QString cell(const EvidenceSheet& sheet, const EvidenceMap& map, EvidenceTest test);
};

} // namespace ocellus
