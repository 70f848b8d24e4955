// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/evidence_book.h"

#include <algorithm>

namespace ocellus {

void EvidenceBook::add(const EvidenceSubject& subject, const std::filesystem::path& picture, int heads,
                       const EvidenceMap& map, const Finding& finding)
{
    auto page = std::ranges::find(m_pages, subject, &Page::subject);
    if (page == m_pages.end())
        page = m_pages.insert(m_pages.end(), {subject, picture, {}});
    page->sheet.setHeads(heads);
    page->sheet.setName(map.source, m_table.nameOf(map.source));
    page->sheet.add(map, finding);
    emit found(*page, map, finding);
    emit changed();
}

void EvidenceBook::forgetOther(const std::filesystem::path& picture, const ViewKey& now)
{
    const auto erased = std::erase_if(m_pages, [&](const Page& page) {
        const ViewKey& key = page.subject.key;
        return page.picture == picture && key.decode == now.decode && key.picture != now.picture;
    });
    if (erased > 0)
        emit changed();
}

const EvidenceSheet& EvidenceBook::sheet(const EvidenceSubject& subject) const
{
    const auto page = std::ranges::find(m_pages, subject, &Page::subject);
    return page == m_pages.end() ? m_empty : page->sheet;
}

EvidenceSheet EvidenceBook::all(const Snapshot& pages, const EvidenceSubject& subject)
{
    EvidenceSheet all;
    for (const Page& page : pages) {
        if (page.subject.key != subject.key || page.subject.classIndex != subject.classIndex)
            continue;
        all.setHeads(std::max(all.heads(), page.sheet.heads()));
        for (const EvidenceSheet::Row& row : page.sheet.rows())
            if (page.subject.layer == subject.layer || !isOfLayer(row.map)) {
                all.add(row.map, row.finding);
                all.setName(row.map.source, page.sheet.nameOf(row.map));
            }
    }
    return all;
}

void EvidenceBook::clear()
{
    if (m_pages.empty())
        return;
    m_pages.clear();
    emit changed();
}

} // namespace ocellus
