// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/prototypes/similarity_kind.h"

namespace ocellus {

enum class FeatureKind { Vgg, Resnet, Densenet, Mobilenet };

/// The convolutional network in front of prototypes, as ProtoPNet's and ProtoTree's released code build it, or as
/// INTR's backbones are.
struct FeatureConfig {
    FeatureKind kind = FeatureKind::Resnet;
    /// ResNet: blocks of each stage, of the first ones where the network ends early. DenseNet: layers of each dense
    /// block. VGG: channels of each convolution, and 0 where the grid is halved.
    std::vector<int> stages;
    bool hasBottlenecks = false; ///< ResNet: 1x1 + 3x3 + 1x1
    bool hasBatchNorm = false;   ///< VGG
    int width = 64;              ///< channels of the first convolution; of a VGG they are in `stages`
    bool dilation = false;       ///< ResNet and MobileNetV2: a finer grid, as ModelConfig::dilation
    int growth = 0;              ///< DenseNet: channels that a layer adds
    int layerWidth = 0;          ///< DenseNet: channels inside of a layer

    bool operator==(const FeatureConfig&) const = default;
};

/// A node of a ProtoTree: a branch with two children, or a leaf.
struct TreeNode {
    int index = 0;      ///< the number that the released figures name it by; a pruned tree has gaps
    int left = -1;      ///< place in TreeConfig::nodes; -1 in a leaf
    int right = -1;     ///< taken where the prototype is there
    int prototype = -1; ///< of a branch
    std::string leaf;   ///< of a leaf the name of its tensor

    bool isLeaf() const { return left < 0; }
    bool operator==(const TreeNode&) const = default;
};

struct TreeConfig {
    std::vector<TreeNode> nodes; ///< the root first, each node before its children
    int depth = 0;               ///< branches on the longest way
    bool isNormed = false;       ///< leaves are divided by their sum instead of going through a softmax

    bool operator==(const TreeConfig&) const = default;
};

/// What fixes a ProtoPNet (arXiv 1806.10574) or a ProtoTree (arXiv 2012.02046).
struct PrototypeConfig {
    FeatureConfig features;
    std::vector<int> addOn; ///< channels after each of the 1x1 convolutions; the last ones are a prototype's
    bool addOnBias = true;
    int prototypes = 0; ///< P
    int rows = 1;       ///< of a prototype, cells
    int columns = 1;
    SimilarityKind similarity = SimilarityKind::Log;
    double epsilon = 1e-4;
    int imageSize = 224;      ///< side of the square that pictures are stretched to
    std::vector<int> classOf; ///< [P] of a ProtoPNet; -1 of a prototype that belongs to none
    std::optional<TreeConfig> tree = std::nullopt;

    int channels() const { return addOn.back(); }
    bool operator==(const PrototypeConfig&) const = default;
};

/// "resnet34", "vgg19_bn", "densenet161", "mobilenet_v2 with dilation"; what is none of those that have a name: "resnet
/// of 3, 4, 6, 4 blocks".
std::string nameOf(const FeatureConfig& features);

} // namespace ocellus
