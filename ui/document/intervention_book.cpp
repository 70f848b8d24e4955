// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/intervention_book.h"

#include <algorithm>
#include <utility>

namespace ocellus {

bool InterventionBook::goTo(const InterventionPlace& place)
{
    m_place = place;
    const auto page = std::ranges::find(m_pages, place, &Page::place);
    m_confirmed = page == m_pages.end() ? AttentionIntervention() : page->intervention;
    return std::exchange(m_wish, m_confirmed) != m_confirmed;
}

void InterventionBook::choose(const AttentionIntervention& wish, const ContentKey& content)
{
    m_wish = wish;
    put(m_place, wish, content);
}

void InterventionBook::confirm(const AttentionIntervention& answered)
{
    if (answered == m_wish)
        m_confirmed = answered;
}

bool InterventionBook::takeBack(const ContentKey& content)
{
    if (m_wish == m_confirmed)
        return false;
    m_wish = m_confirmed;
    put(m_place, m_wish, content);
    return true;
}

bool InterventionBook::giveUp()
{
    if (m_wish.empty() || m_wish != m_confirmed)
        return false;
    m_wish = m_confirmed = {};
    put(m_place, m_wish, {});
    return true;
}

void InterventionBook::put(const InterventionPlace& place, const AttentionIntervention& intervention,
                           const ContentKey& content)
{
    std::erase_if(m_pages, [&place](const Page& page) { return page.place == place; });
    if (!intervention.empty())
        m_pages.push_back({place, intervention, content});
}

bool InterventionBook::forget(const std::filesystem::path& picture)
{
    return std::erase_if(m_pages, [&picture](const Page& page) { return page.place.picture == picture; }) > 0;
}

bool InterventionBook::forgetOther(const std::filesystem::path& picture, const DecodeOptions& decode,
                                   const ContentKey& content)
{
    const auto isRead = [&](const Page& page) {
        return page.place.picture == picture && page.place.model.decode == decode;
    };
    for (Page& page : m_pages)
        if (isRead(page) && page.content == ContentKey())
            page.content = content; // it came with a session, whose files were as it knows them
    return std::erase_if(m_pages, [&](const Page& page) { return isRead(page) && page.content != content; }) > 0;
}

} // namespace ocellus
