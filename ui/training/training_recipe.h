// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include <QString>
#include <QStringList>

#include "core/train/start_weights.h"

namespace ocellus {

/// A way to train, named by what it is for: what the user is told of it, and the options of `train` that it stands for.
struct TrainingRecipe {
    enum class Start {
        Backbone, ///< a pretrained backbone
        Whole     ///< DETR, as published, or a pretrained backbone
    };

    QString key; ///< in files: never changed, never translated
    QString name;
    QString purpose;    ///< one sentence
    QString known;      ///< which accuracy it gave on known sets, or that nothing is known
    QString whereToGet; ///< the weights to start from, with links: rich text
    Start start = Start::Backbone;
    QStringList options; ///< besides the data, the folder and the weights
    bool isForCluster = false;
};

/// In the order in which they are offered; the first is the usual one.
const std::vector<TrainingRecipe>& trainingRecipes();
/// Null where there is none of that key.
const TrainingRecipe* recipeOf(const QString& key);

/// The options that weights bring along: what they are, and where they lie.
QStringList optionsOf(const std::filesystem::path& weights, const StartWeights& known);

/// All options of the recipe, with those weights where there are any.
QStringList optionsOf(const TrainingRecipe& recipe, const std::filesystem::path& weights,
                      const std::optional<StartWeights>& known);

} // namespace ocellus
