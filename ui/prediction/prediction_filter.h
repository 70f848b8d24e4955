// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace ocellus {

/// Those of the predictions that somebody wants to look at.
class PredictionFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    enum class Show { All, Unchecked, Unusual, Unsure, Checked, Corrected, Failed };

    explicit PredictionFilter(QObject* parent = nullptr);

    void show(Show what);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    Show m_show = Show::All;
};

} // namespace ocellus
