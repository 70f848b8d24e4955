// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/before_after_pair.h"

#include <QCoreApplication>

namespace ocellus {

namespace {

/// The words of this file.
class PairText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::PairText)
};

/// The cell in a matrix's row, or the picture alone where that has no map.
MatrixCell cellOf(const MapMatrix& matrix, std::size_t row, int head, const Explanation& explanation)
{
    if (row < matrix.rows.size() && head >= 0 && static_cast<std::size_t>(head) < matrix.rows[row].cells.size()) {
        MatrixCell cell = matrix.rows[row].cells[static_cast<std::size_t>(head)];
        if (cell.tile)
            return cell;
    }
    return {std::make_shared<const Explanation>(explanation), {}, {}};
}

} // namespace

PairContent beforeAfterPair(const EditComparison& comparison, const MapMatrix& matrix, int head)
{
    PairContent content;
    content.first = {PairText::tr("Before"), cellOf(matrix, 0, head, comparison.before), {}};
    content.second = {PairText::tr("After, edited"), cellOf(matrix, 1, head, comparison.after), content.first.name};
    content.difference = cellOf(matrix, 2, head, comparison.after);
    // While the picture before is asked for, it stands in the second's place too.
    auto after = std::make_shared<Explanation>(*content.second.cell.explanation);
    after->before = content.first.cell.explanation;
    content.second.cell.explanation = std::move(after);
    return content;
}

} // namespace ocellus
