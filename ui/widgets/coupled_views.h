// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include <QObject>
#include <QPointF>
#include <QSizeF>

#include "ui/widgets/linked_view.h"

namespace ocellus {

/// Views of different pictures that zoom and move together, in parts of each picture's size.
///
/// A view keeps its offset from the others: while they are uncoupled, moving one changes its offset alone; coupled
/// again, all move with their offsets kept. Another picture in a view takes over its place.
class CoupledViews : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Views beyond `count` are gone, and with them their offsets; new ones join where the others are.
    void setCount(std::size_t count);
    std::size_t count() const { return m_members.size(); }
    LinkedView& view(std::size_t index) { return *m_members.at(index).view; }

    bool isCoupled() const { return m_coupled; }
    void setCoupled(bool coupled) { m_coupled = coupled; }

    /// As LinkedView's, of all views and those to come.
    void setFieldShown(bool shown);

    /// Every picture as a whole, without offsets.
    void fit();
    bool hasOffsets() const;

private:
    /// Zoom as ViewTransform's, place from (0, 0) to (1, 1).
    struct View {
        double zoom = 1;
        QPointF place{0.5, 0.5};
    };
    struct Member {
        std::unique_ptr<LinkedView> view;
        ViewTransform shown;    ///< as last taken or applied
        View offset{1, {0, 0}}; ///< a factor and a difference
    };

    void follow(LinkedView* moved);
    void take(Member& moved);
    void applyToOthers(const Member& source);
    void apply(Member& member) const;

    std::vector<Member> m_members;
    View m_common;
    bool m_coupled = true;
    bool m_fieldShown = false;
    bool m_following = false; ///< what the views say now was done here
};

} // namespace ocellus
