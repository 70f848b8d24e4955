// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ocellus {

class PictureListModel;

/// Why nothing can be misclassified among these pictures, or not yet: no folder is named after a class, some still
/// wait for their answer, or each is taken for what its folder says.
QString noneMisclassifiedText(const PictureListModel& pictures);

/// Why a filter hides all pictures.
QString nothingListedText(const PictureListModel& pictures, const QString& filter, bool onlyMisclassified);

} // namespace ocellus
