// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QAbstractListModel>
#include <QStringList>

#include "ui/evaluation/evaluation_run.h"

namespace ocellus {

class ThumbnailStore;

/// Some of an evaluation's pictures with their thumbnails, as a cell of its confusion matrix has them.
class EvaluatedPicturesModel : public QAbstractListModel {
    Q_OBJECT

public:
    /// `thumbnails` must outlive the model.
    explicit EvaluatedPicturesModel(ThumbnailStore& thumbnails, QObject* parent = nullptr);

    /// `names` by class index; none of them is shown.
    void setFindings(std::shared_ptr<const EvaluationFindings> findings, const QStringList& names);
    /// Else class indices mean nothing to the rest of the window.
    void setIsOfOpenModel(bool isOf) { m_isOfOpenModel = isOf; }
    /// Those named as the second class that are of the first one, and the other way round too where `bothWays`. The
    /// surest first.
    void showCell(int trueClass, int named, bool bothWays);
    /// Those of a class that were named as another.
    void showMistakesOf(int trueClass);
    void clear() { show({}); }

    const EvaluatedOne* at(int row) const; ///< null outside

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void show(std::vector<std::size_t> pictures);
    template <typename Condition>
    std::vector<std::size_t> picturesWith(Condition condition) const;
    QString caption(const EvaluatedOne& one) const;

    ThumbnailStore& m_thumbnails;
    std::shared_ptr<const EvaluationFindings> m_findings;
    QStringList m_names;
    std::vector<std::size_t> m_shown; ///< places in the findings
    bool m_isOfOpenModel = true;
};

} // namespace ocellus
