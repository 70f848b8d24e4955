// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QImage>
#include <QString>

#include "core/image/picture.h"
#include "ui/figures/figure.h"

namespace ocellus {

/// A picture before and after an edit, and what the model said.
struct ContactSheetEntry {
    QImage before, after;
    QString name;
    QString answerBefore, answerAfter; ///< "17 Robin 93 %"
    bool flipped = false;
};

/// Many pictures before and after one recipe's edit.
struct ContactSheet {
    QString title;
    QString madeBy; ///< small, below
    std::vector<ContactSheetEntry> entries;
};

/// As many entries as fill a page.
inline constexpr std::size_t entriesPerSheet = 24;

/// A copy that is large enough for a sheet at 300 dpi.
QImage sheetThumbnail(const Picture& picture);

/// "Robin 93.0 %"; `probability` from 0 to 1.
QString answerText(const QString& className, double probability);

/// Three pairs a row, by row; pairs of which the answer flipped have a frame and say so.
/// Throws Error(BadArgument) for a sheet without entries or with more than entriesPerSheet.
Figure figureOf(const ContactSheet& sheet);

} // namespace ocellus
