// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCollator>
#include <QSortFilterProxyModel>
#include <QString>

#include "ui/models/picture_listing.h"

namespace ocellus {

/// The picture list as shown: by text in name, folder or prediction, and by verdict; in an order of the user's.
class PictureFilterProxy : public QSortFilterProxyModel {
    Q_OBJECT

public:
    /// QString: the picture's folder where it is the first of its group, empty elsewhere and without groups.
    static constexpr int GroupTitleRole = Qt::UserRole + 1000;

    explicit PictureFilterProxy(QObject* parent = nullptr);

    /// Every word must occur; upper and lower case are the same.
    void setFilterText(const QString& text);
    void setOnlyMisclassified(bool only);
    void setOrder(PictureOrder order);
    PictureOrder order() const { return m_order; }
    /// By folder, whatever the order within each.
    void setGrouped(bool grouped);
    bool isGrouped() const { return m_grouped; }

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    int compare(const QModelIndex& left, const QModelIndex& right) const;
    int compareTexts(const QModelIndex& left, const QModelIndex& right, int role) const;
    QString groupTitle(int row) const;

    QStringList m_words;
    QCollator m_collator;
    bool m_onlyMisclassified = false;
    PictureOrder m_order = PictureOrder::Opened;
    bool m_grouped = false;
};

} // namespace ocellus
