// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/coupled_views.h"

#include <algorithm>

#include <QScopedValueRollback>

namespace ocellus {

namespace {

/// What is the same in all pictures, wherever they are looked at.
void copyState(const LinkedView& from, LinkedView& to)
{
    to.setOverlayVisible(from.isOverlayVisible());
    to.setBeforeShown(from.isBeforeShown());
    to.setPanning(from.isPanning());
}

} // namespace

void CoupledViews::setCount(std::size_t count)
{
    while (m_members.size() > count)
        m_members.pop_back();
    while (m_members.size() < count) {
        Member member;
        // A child, so that it is found by what is held for every view of a window.
        member.view = std::make_unique<LinkedView>(this);
        LinkedView* view = member.view.get();
        if (!m_members.empty())
            copyState(*m_members.front().view, *view);
        view->setFieldShown(m_fieldShown);
        connect(view, &LinkedView::changed, this, [this, view] { follow(view); });
        m_members.push_back(std::move(member));
    }
}

void CoupledViews::setFieldShown(bool shown)
{
    m_fieldShown = shown;
    for (const Member& member : m_members)
        member.view->setFieldShown(shown);
}

void CoupledViews::fit()
{
    const QScopedValueRollback following(m_following, true);
    m_common = {};
    for (Member& member : m_members) {
        member.offset = {1, {0, 0}};
        apply(member);
    }
}

bool CoupledViews::hasOffsets() const
{
    return std::ranges::any_of(
        m_members, [](const Member& member) { return member.offset.zoom != 1 || !member.offset.place.isNull(); });
}

void CoupledViews::follow(LinkedView* moved)
{
    if (m_following)
        return;
    const QScopedValueRollback following(m_following, true);
    Member& source = *std::ranges::find(m_members, moved, [](const Member& member) { return member.view.get(); });
    for (const Member& member : m_members) {
        copyState(*moved, *member.view);
    }
    // A crosshair that was placed moves nothing: where a picture's edge holds its view back, its place is not wished.
    if (moved->transform() == source.shown)
        return;
    if (moved->transform().picture() != source.shown.picture()) {
        source.shown = moved->transform();
        apply(source);
        return;
    }
    source.shown = moved->transform();
    take(source);
    if (m_coupled)
        applyToOthers(source);
}

void CoupledViews::applyToOthers(const Member& source)
{
    for (Member& member : m_members)
        if (&member != &source)
            apply(member);
}

void CoupledViews::take(Member& moved)
{
    const QSizeF picture = moved.shown.picture();
    if (picture.isEmpty())
        return;
    const QPointF place(moved.shown.centre().x() / picture.width(), moved.shown.centre().y() / picture.height());
    // A picture that is seen as a whole lies in the middle, wherever one was before.
    const bool hasPlace = moved.shown.zoom() > 1;
    if (m_coupled) {
        m_common.zoom = moved.shown.zoom() / moved.offset.zoom;
        if (hasPlace)
            m_common.place = place - moved.offset.place;
    } else {
        moved.offset.zoom = moved.shown.zoom() / m_common.zoom;
        if (hasPlace)
            moved.offset.place = place - m_common.place;
    }
}

void CoupledViews::apply(Member& member) const
{
    const QSizeF picture = member.shown.picture();
    const QPointF place = m_common.place + member.offset.place;
    const QPointF centre(place.x() * picture.width(), place.y() * picture.height());
    member.shown = ViewTransform(picture, m_common.zoom * member.offset.zoom, centre);
    member.view->setTransform(member.shown);
}

} // namespace ocellus
