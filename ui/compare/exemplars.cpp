// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/exemplars.h"

#include "ui/models/picture_list_model.h"

namespace ocellus {

std::vector<int> picturesOfClass(const PictureListModel& pictures, int classIndex)
{
    std::vector<int> rows;
    for (int row = 0; row < pictures.rowCount(); ++row)
        if (pictures.index(row).data(PictureListModel::TrueClassRole).toInt() == classIndex)
            rows.push_back(row);
    return rows;
}

std::vector<QImage> exemplars(const PictureListModel& pictures, int classIndex, int count, int except)
{
    std::vector<QImage> images;
    for (const int row : picturesOfClass(pictures, classIndex)) {
        if (row == except)
            continue;
        if (count-- <= 0)
            break;
        const auto thumbnail = pictures.index(row).data(Qt::DecorationRole).value<QImage>();
        if (!thumbnail.isNull())
            images.push_back(thumbnail);
    }
    return images;
}

std::vector<ConfusedPair> confusedPairs(const PictureListModel& pictures)
{
    Evaluation evaluation;
    for (int row = 0; row < pictures.rowCount(); ++row) {
        const QModelIndex index = pictures.index(row);
        if (pictures.verdict(row) == PictureListModel::Verdict::Unknown)
            continue;
        PictureOutcome outcome;
        outcome.trueClass = index.data(PictureListModel::TrueClassRole).toInt();
        outcome.predicted = index.data(PictureListModel::PredictedClassRole).toInt();
        outcome.rank = outcome.trueClass == outcome.predicted ? 1 : 2;
        evaluation.add(outcome);
    }
    return evaluation.confusedPairs();
}

} // namespace ocellus
