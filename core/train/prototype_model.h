// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "core/train/train_options.h"

namespace ocellus {

/// True for HeadKind::Prototypes and Tree.
bool isPrototypeHead(HeadKind head);

/// The same with a tree's depth and pruning for so many classes, where they are not given.
PrototypeRecipe recipeFor(PrototypeRecipe recipe, bool isTree, int classes);

/// What the prototypes of `options` are for so many classes, behind its backbone.
PrototypeConfig prototypesToTrain(const TrainOptions& options, int classes);

/// Sets what the user has not given to what a head of prototypes is usually trained with; `isGiven` is asked with the
/// option's name ("--lr").
///
/// ProtoPNet: 40 epochs of 16 pictures a step at 1e-3, a tenth of it after two thirds of the epochs, dropout 0.5 of the
/// features' channels, no weight decay, no limit of the gradients, pictures stretched to 224. ProtoTree: 80
/// epochs at 2e-3, prototypes of 16 values, a dropout of 0.2 and a weight decay of 0.4.
void setPrototypeRecipe(TrainOptions& options, const std::function<bool(const std::string&)>& isGiven);

/// Throws Error(BadArgument) for options that make no head of prototypes.
void requirePrototypes(const TrainOptions& options);

} // namespace ocellus
