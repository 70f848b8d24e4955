// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QSplitter>

#include "ui/widgets/room_sharing.h"

namespace ocellus {

/// Two widgets that share their room as is computed for it. A drag between them overrides that, a double click there
/// gives it back.
class RoomSplitter : public QSplitter {
    Q_OBJECT

public:
    /// Of a room in pixels; the last argument is the breadth of what lies between the two.
    using Rule = std::function<RoomSharing(QSize room, int gap)>;

    explicit RoomSplitter(Rule rule, QWidget* parent = nullptr);

    /// Again, after something that the rule goes by has changed.
    void share();
    bool isOverridden() const { return m_overridden; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void childEvent(QChildEvent* event) override;

private:
    Rule m_rule;
    bool m_overridden = false;
};

} // namespace ocellus
