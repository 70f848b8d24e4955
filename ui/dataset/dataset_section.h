// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QString>

#include "core/dataset/dataset_state.h"

namespace ocellus {

/// What a picture of a data set is for, as the page shows it.
enum class DatasetSection { Undivided, Train, Val, Test, LeftOut };

inline constexpr std::array everySection{DatasetSection::Undivided, DatasetSection::Train, DatasetSection::Val,
                                         DatasetSection::Test, DatasetSection::LeftOut};

DatasetSection sectionOf(const DatasetMember& member);

/// "Training", "Validation", ...
QString sectionName(DatasetSection section);
/// What it is for, a sentence.
QString sectionPurpose(DatasetSection section);

} // namespace ocellus
