// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/evidence_csv.h"

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "ui/figures/evidence_text.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/provenance.h"

namespace ocellus {

void writeEvidenceCsv(const std::filesystem::path& path, const Explanation& explanation)
{
    const MapEvidence* evidence = evidenceOf(explanation);
    if (!evidence || evidence->sheet.isEmpty())
        throw Error(ErrorCode::BadArgument, "evidence", "expected maps that were tested, got none",
                    "Test them in the panel Evidence");
    const std::vector<CsvColumn> belongsTo = provenanceOfClass(explanation);
    std::string table = csvHeader("map,test,verdict,value,share,null_median,n,p,p_corrected,correction,central_map,"
                                  "reversed_map,done_with",
                                  belongsTo);
    const EvidenceSheet& sheet = evidence->sheet;
    for (const auto& [map, finding] : sheet.rows()) {
        CsvLine line;
        const std::string own = map.source == "heads" ? sheet.headName(map.head) : std::string();
        line.text(own.empty() ? toString(map) : own)
            .text(toString(finding.test))
            .text(toString(sheet.verdict(map, finding.test)));
        line.number(finding.value).number(finding.share).number(medianOfNull(finding));
        line.number(finding.nulls.size()).number(finding.p).number(sheet.correctedP(map, finding.test));
        line.text(EvidenceText::correction(sheet, map).toStdString());
        line.number(finding.centre).number(finding.reversed).text(finding.settings);
        table += line.values(belongsTo).str();
    }
    writeFileAtomically(path, table);
}

} // namespace ocellus
