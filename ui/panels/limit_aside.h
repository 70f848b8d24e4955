// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

#include "ui/models/limit_choice.h"

namespace ocellus {

class ClassListModel;

/// Says what a limit does to the class whose maps are chosen, where it is not one of those that take part; hidden
/// otherwise.
class LimitAside : public QLabel {
    Q_OBJECT

public:
    /// The model must outlive the label.
    explicit LimitAside(const ClassListModel& model, QWidget* parent = nullptr);

    void setLimit(const LimitChoice& limit);
    /// `byUser`: else the limit, or another picture, may have chosen it.
    void setCurrentClass(int classIndex, bool byUser);

signals:
    void checkRequested(int classIndex);

private:
    void refresh();
    QString sentence() const;
    int subject() const { return m_replaced >= 0 ? m_replaced : m_current; }

    const ClassListModel& m_model;
    LimitChoice m_limit;
    int m_current = -1;
    int m_replaced = -1; ///< that `drop` took from view
};

} // namespace ocellus
