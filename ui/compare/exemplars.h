// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QImage>

#include "core/analysis/evaluation.h"

namespace ocellus {

class PictureListModel;

/// Rows of the open pictures whose folder says that they show the class.
std::vector<int> picturesOfClass(const PictureListModel& pictures, int classIndex);

/// Thumbnails of at most `count` pictures of the class, without those of row `except`. One that is not there yet is
/// asked for: the model's dataChanged() tells that it has come.
std::vector<QImage> exemplars(const PictureListModel& pictures, int classIndex, int count, int except = -1);

/// The classes that were taken for each other among the open pictures, by the classes of their folders.
std::vector<ConfusedPair> confusedPairs(const PictureListModel& pictures);

} // namespace ocellus
