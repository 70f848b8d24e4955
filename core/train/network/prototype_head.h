// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>
#include <torch/nn/module.h>

#include "core/base/progress.h"
#include "core/train/network/trainable_network.h"

namespace ocellus {

class FeatureWalk;
class SeededDraws;

/// Where a run is. Stages of training are a function of it, so that a run that goes on is in the stage it would be in.
struct EpochPlace {
    int epoch = 0;  ///< from 0
    int epochs = 1; ///< of the whole run
    int steps = 1;  ///< of an epoch

    bool isLast() const { return epoch + 1 == epochs; }
};

/// The cell of a training picture that a prototype was set to.
struct PrototypeOrigin {
    std::size_t picture = 0; ///< in the training set
    int row = 0;             ///< of the grid, of the prototype's first cell
    int column = 0;
    int rows = 1; ///< cells of the whole grid
    int columns = 1;
    std::vector<float> similarities; ///< [rows, columns], of the prototype in that picture; empty where nobody asks
};

/// Prototypes behind a frozen backbone's grid, with gradients, and what their published training does besides steps.
///
/// Parameters and buffers have the released code's names, without the part that it has in front of its head, if any.
/// All that training changes is in them: a checkpoint restores it. Those that no stage trains ask for no gradients from
/// the constructor on; those that a stage leaves alone are given no gradients in it (beginEpoch).
class PrototypeHead : public torch::nn::Module {
public:
    using NamedTensors = TrainableNetwork::NamedTensors;

    /// What is minimised in a step.
    struct Objective {
        at::Tensor loss;   ///< a number, the mean over the batch with all further costs
        at::Tensor logits; ///< [B, C], as forward() gives them
    };

    /// Untrained values, a function of the draws alone.
    virtual void initialise(SeededDraws& draws) = 0;

    /// Before the first step of a run that begins, after initialise(): starting values that need features. The default
    /// leaves those of initialise(). Throws Error(Cancelled), and what the walk throws.
    virtual void start(const FeatureWalk& walk, std::uint64_t seed, const Progress& progress);

    /// [B, channels, h, w] -> [B, C]: logits, or where a softmax would not fit logarithms of probabilities.
    virtual at::Tensor forward(const at::Tensor& features) = 0;

    /// Of features and [B] class indices; one step of training minimises it.
    virtual Objective objective(const at::Tensor& features, const at::Tensor& labels) = 0;

    /// Before an epoch's first step, and in a run that goes on before the next one: what learns in this stage.
    virtual void beginEpoch(const EpochPlace& place) = 0;

    /// After the optimizer's step on the last objective(); without gradients. Of batches with these labels.
    virtual void finishStep(const EpochPlace& place, const at::Tensor& labels) = 0;

    /// After an epoch's last step, before its validation, without gradients: pushes, projections, convex stages. Throws
    /// Error(Cancelled) where a stop was asked for, and what the walk throws; nothing has changed then, so that it can
    /// be called again.
    virtual void finishEpoch(const EpochPlace& place, const FeatureWalk& walk, const Progress& progress) = 0;

    /// Whether what stands after finishEpoch() of this epoch is a model as the method publishes it, so that it may be
    /// the best one: prototypes are patches of training pictures.
    virtual bool isPublished(const EpochPlace& place) const = 0;

    /// Where each prototype was found by the last finishEpoch() of this process that looked; empty before it, no value
    /// for one that is not in use.
    virtual std::vector<std::optional<PrototypeOrigin>> origins() const = 0;

    /// The tree that prototypes decide the ways through, as it stands; null where they are scored one by one.
    virtual const TreeConfig* tree() const { return nullptr; }

    /// What a state dict does not tell, as the readers of a checkpoint ask for it: merged into its `args`.
    virtual nlohmann::json facts() const = 0;

    /// Takes the form that facts() told, before the checkpoint's tensors are read: training may have changed it. The
    /// default: there is one form. Throws Error for facts that are none of this head's.
    virtual void adopt(const nlohmann::json& facts);

    /// The head's tensors as the best checkpoint holds them, the released names in full; training's own checkpoint has
    /// all of state(). The default: everything.
    virtual NamedTensors published() const;

    /// What released code puts before the backbone's names: "features.".
    virtual std::string backbonePrefix() const = 0;

    /// All parameters and buffers under their own names.
    NamedTensors state() const;
};

} // namespace ocellus
