// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QString>

namespace ocellus {

/// The picture list as shown: by text in name, folder or prediction, and by verdict; the order stays the files'.
class PictureFilterProxy : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit PictureFilterProxy(QObject* parent = nullptr);

    /// Every word must occur; upper and lower case are the same.
    void setFilterText(const QString& text);
    void setOnlyMisclassified(bool only);

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;

private:
    QStringList m_words;
    bool m_onlyMisclassified = false;
};

} // namespace ocellus
