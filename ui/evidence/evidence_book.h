// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QObject>

#include "core/explain/evidence_sheet.h"
#include "ui/evidence/evidence_subject.h"

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

    using QObject::QObject;

    /// `heads` that the model has.
    void add(const EvidenceSubject& subject, const std::filesystem::path& picture, int heads, const EvidenceMap& map,
             const Finding& finding);
    /// An empty one where nothing is known.
    const EvidenceSheet& sheet(const EvidenceSubject& subject) const;
    const std::vector<Page>& pages() const { return m_pages; } ///< in the order in which they began
    void clear();

    /// What is of another content of that file, which has been written since.
    void forgetOther(const std::filesystem::path& picture, const ContentKey& content);

signals:
    void changed();
    void found(const ocellus::EvidenceBook::Page& page, const ocellus::EvidenceMap& map,
               const ocellus::Finding& finding);

private:
    std::vector<Page> m_pages;
    EvidenceSheet m_empty;
};

} // namespace ocellus
