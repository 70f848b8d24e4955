// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include <QStringList>

#include "core/model/receptive_field.h"
#include "ui/document/evidence_book.h"
#include "ui/engine/view_result.h"
#include "ui/figures/explanation.h"
#include "ui/figures/report_writer.h"
#include "ui/session/report_plan.h"

namespace ocellus {

class Document;
class LiveAnswer;

/// What pictures of a report are described with, taken from the document when the report was asked for.
struct ReportWords {
    Explanation like; ///< model and style, without a picture and its maps
    std::optional<ModelDescription> model;
    ReceptiveField field;
    QStringList classNames;                         ///< by class index, as labels
    std::vector<QStringList> headNotes;             ///< by class index
    std::map<std::filesystem::path, QString> names; ///< of the report's pictures, among all that are open
    EvidenceBook::Snapshot evidence;
};

ReportWords wordsOf(const Document& document, const LiveAnswer& answer, const ReportPlan& plan);

/// The picture as the model explains it, with what its edits and the limit change; drawn at once, so that it takes no
/// more memory than its part of the file. For any thread. Throws what sectionOf() throws.
ReportSection sectionOf(const ReportItem& item, const ViewResult& view, const ReportWords& words);

} // namespace ocellus
