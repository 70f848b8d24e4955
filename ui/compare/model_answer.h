// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QImage>
#include <QString>

#include "core/data/class_table.h"
#include "core/engine/view_key.h"
#include "core/explain/source_map.h"
#include "ui/engine/batch_run.h"
#include "ui/figures/explanation.h"

namespace ocellus {

class Document;

/// What one of several models says of a class in a picture, by its own maps or, where it has none of classes, Grad-CAM.
struct ModelAnswer {
    ModelDescription model;
    ViewKey key; ///< of what it was asked
    QImage picture;
    EditList edits;
    Size inputSize;
    std::shared_ptr<const Decoding> decoding; ///< with maps of the one class alone
    std::optional<int> classIndex;            ///< its own; none: it has no such class
    int predicted = 0;                        ///< its own
    std::optional<float> probability;         ///< of that
    std::vector<SourceMap> maps;              ///< Grad-CAM; empty where it has maps of classes
    QString words;                            ///< why there are no maps
};

/// Which model is asked about what.
struct ModelQuestion {
    ViewRequest request;         ///< of the open model
    std::filesystem::path other; ///< the checkpoint that is asked in its place; empty: that one
    int classIndex = 0;          ///< the open model's
    ClassTable names;            ///< of the open model's classes
};

/// Asks it in the background; reads a model that is not in memory first. `refuse` gets what goes wrong.
EngineUnit answeringUnit(ModelQuestion question, std::function<void(const ModelAnswer&)> deliver,
                         std::function<void(const Failure&)> refuse);

/// A model's own name of a class.
QString classNameOf(const ModelAnswer& answer, int classIndex, const Document& document);

/// Its maps in the window's style; of a model without the class the picture alone.
Explanation explanationOf(const ModelAnswer& answer, const Document& document);

} // namespace ocellus
