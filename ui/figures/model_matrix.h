// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/explain/source_map.h"
#include "ui/figures/map_matrix.h"

namespace ocellus {

/// What one of several models says of a class in a picture.
struct ModelOfMatrix {
    QString title;               ///< its file's name
    QStringList details;         ///< what it is, before what it says
    Explanation explanation;     ///< with its own decoding, of its own class
    bool hasClass = true;        ///< else the decoding is of other classes
    bool isTrue = false;         ///< the class is the picture's, so that another prediction is an error
    int predicted = 0;           ///< its own
    QString predictedName;       ///< as it calls it
    QString trueName;            ///< what the picture shows, as far as its folder tells, or empty
    std::vector<SourceMap> maps; ///< Grad-CAM of the class, in the place of maps that it has not; may be empty
    QString words;               ///< why there are no maps; empty where there are
    std::optional<float> probability = {}; ///< of what it predicts: its decoding may be of the shown class alone
};

/// The files' names, with their folder's where several have the same: "protopnet/best.safetensors".
QStringList modelTitles(const std::vector<std::filesystem::path>& checkpoints);

/// A row with the maps that the model itself ranks first: heads by their peak score, prototypes by what they give.
/// `most` of them, or all with 0.
MatrixRow modelRow(const ModelOfMatrix& model, int most);

/// The row of a model that could not be asked, and why.
MatrixRow rowWithoutAnswer(const QString& title, const QString& trueName, const QString& why);

/// Rows of several models, each on a scale of its own: maps of different kinds measure different things.
MapMatrix modelMatrix(const QString& title, std::vector<MatrixRow> rows);

} // namespace ocellus
