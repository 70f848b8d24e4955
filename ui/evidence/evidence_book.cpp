// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/evidence_book.h"

#include <algorithm>

namespace ocellus {

void EvidenceBook::add(const EvidenceSubject& subject, const std::filesystem::path& picture, int heads,
                       const EvidenceMap& map, const Finding& finding)
{
    auto page = std::ranges::find(m_pages, subject, &Page::subject);
    if (page == m_pages.end())
        page = m_pages.insert(m_pages.end(), {subject, picture, {}});
    page->sheet.setHeads(heads);
    page->sheet.add(map, finding);
    emit found(*page, map, finding);
    emit changed();
}

void EvidenceBook::forgetOther(const std::filesystem::path& picture, const ContentKey& content)
{
    const auto erased = std::erase_if(
        m_pages, [&](const Page& page) { return page.picture == picture && page.subject.key.picture != content; });
    if (erased > 0)
        emit changed();
}

const EvidenceSheet& EvidenceBook::sheet(const EvidenceSubject& subject) const
{
    const auto page = std::ranges::find(m_pages, subject, &Page::subject);
    return page == m_pages.end() ? m_empty : page->sheet;
}

void EvidenceBook::clear()
{
    if (m_pages.empty())
        return;
    m_pages.clear();
    emit changed();
}

} // namespace ocellus
