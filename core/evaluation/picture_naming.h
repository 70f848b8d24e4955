// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/analysis/prediction_table.h"
#include "core/data/image_folder.h"
#include "core/evaluation/picture_asking.h"

namespace ocellus {

/// What the model takes a new picture for, with what is out of the ordinary in its file. Throws as ask().
NamedPrediction namePicture(Engine& engine, const ImageFile& picture, const AskingSettings& settings,
                            const KeptTrust& trust, const Progress& progress);

/// Of a model with what was assumed or given of it (another number of heads is another model), today.
PredictionSource predictionSource(const ModelDescription& model, std::string program);

/// Under which folder's name sortPictures() is to put it: what a human said, else "unusual" or the species.
std::string sortingFolder(const NamedPrediction& prediction, const ClassTable& table);

} // namespace ocellus
