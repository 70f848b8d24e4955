// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QObject>

#include "core/explain/evidence_sheet.h"
#include "core/explain/source_table.h"
#include "ui/document/evidence_subject.h"

namespace ocellus {

/// All that was found out about maps, each under what it is about: what is edited, limited or of another model has a
/// sheet of its own, and one that was left is there when it comes back.
class EvidenceBook : public QObject {
    Q_OBJECT

public:
    struct Page {
        EvidenceSubject subject;
        std::filesystem::path picture;
        EvidenceSheet sheet;
    };

    using Snapshot = std::vector<Page>; ///< for another thread

    using QObject::QObject;

    /// `heads` that the model has.
    void add(const EvidenceSubject& subject, const std::filesystem::path& picture, int heads, const EvidenceMap& map,
             const Finding& finding);
    /// An empty one where nothing is known.
    const EvidenceSheet& sheet(const EvidenceSubject& subject) const;
    const std::vector<Page>& pages() const { return m_pages; } ///< in the order in which they began
    void clear();
    /// What was found out about a class's maps of a layer, and about the sources that are of none, under that key.
    static EvidenceSheet all(const Snapshot& pages, const EvidenceSubject& subject);

    /// What is of another content of that file, read in the same way: it has been written since.
    void forgetOther(const std::filesystem::path& picture, const ViewKey& now);

signals:
    void changed();
    void found(const ocellus::EvidenceBook::Page& page, const ocellus::EvidenceMap& map,
               const ocellus::Finding& finding);

private:
    SourceTable m_table; // names
    std::vector<Page> m_pages;
    EvidenceSheet m_empty;
};

} // namespace ocellus
