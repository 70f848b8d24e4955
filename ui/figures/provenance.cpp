// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/provenance.h"

#include <QCoreApplication>

#include "ui/figures/figure_text.h"
#include "ui/figures/source_view.h"

namespace ocellus {

std::vector<CsvColumn> provenanceOf(const Explanation& explanation)
{
    QStringList notices = FigureText::subject(explanation) + explanation.notices;
    if (explanation.stale)
        notices += QCoreApplication::translate("ocellus::Provenance", "out of date");
    std::vector<CsvColumn> columns{{"model", explanation.modelName.toStdString()},
                                   {"sha256", explanation.modelHash.toStdString()},
                                   {"limit", explanation.limit.toStdString()},
                                   {"edits", explanation.edits.toStdString()},
                                   {"intervention", explanation.intervention.toStdString()},
                                   {"notices", notices.join(QStringLiteral("; ")).toStdString()}};
    if (explanation.source) {
        const SourceView& source = *explanation.source;
        columns.push_back({"source", source.id.toStdString()});
        columns.push_back({"source_made_with", source.maps.empty() ? source.words.toStdString()
                                                                   : madeWithCost(source.maps.front()).toStdString()});
        columns.push_back({"unit", source.unit.toStdString()});
    }
    return columns;
}

std::vector<CsvColumn> provenanceOfClass(const Explanation& explanation)
{
    std::vector<CsvColumn> columns{{"picture", explanation.pictureName.toStdString()},
                                   {"shown_class", explanation.className.toStdString()},
                                   {"layer", std::to_string(explanation.layer + 1)}};
    for (CsvColumn& column : provenanceOf(explanation))
        columns.push_back(std::move(column));
    return columns;
}

} // namespace ocellus
