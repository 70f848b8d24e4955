// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ocellus {

class ClassListModel;

/// Draws the class list: names that keep their epithet, with the Latin name where there is room, and logits with a bar
/// from 0 and outlines of what they are compared with.
class ClassDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// The model must outlive the delegate; the view may have a proxy of it.
    ClassDelegate(const ClassListModel& model, QObject* parent);

    /// Of the number's part of the column of logits, in pixels; the bar takes the rest.
    void setNumberWidth(int width) { m_numberWidth = width; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    void paintName(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintBar(QPainter& painter, const QStyleOptionViewItem& option, int classIndex) const;

    const ClassListModel& m_model;
    int m_numberWidth = 0;
};

} // namespace ocellus
