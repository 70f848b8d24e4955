// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// How a head of prototypes is trained; the defaults are ProtoPNet's (arXiv 1806.10574, section 2.3 and
/// released code) and ProtoTree's (arXiv 2012.02046).
struct PrototypeRecipe {
    int perClass = 10;              ///< prototypes of a class
    int channels = 128;             ///< D, values of a prototype
    double cluster = 0.8;           ///< what the cluster cost weighs beside the cross-entropy
    double separation = 0.08;       ///< the same of the separation cost, which is subtracted
    double lastLayerPenalty = 1e-4; ///< L1, of the last layer's weights to other classes
    int pushes = 3;                 ///< evenly over the run, the last one at its end
    int lastLayerIterations = 200;  ///< of the last layer alone, on all training pictures, after each push

    double dropout = 0; ///< of the features' channels in a step, each picture on its own; TrainableNetwork's own there

    int depth = 0;         ///< branches on each way through a ProtoTree; 0: the fewest that make two leaves a class
    double pruneBelow = 0; ///< a leaf goes whose largest share of a class is this or less; 0: twice an equal share
    double haste = 5;      ///< a ProtoTree's prototypes learn so many times as fast as its convolution

    bool operator==(const PrototypeRecipe&) const = default;
};

} // namespace ocellus
