// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QCoreApplication>
#include <QString>

#include "core/engine/decoding.h"
#include "core/engine/tree_answer.h"
#include "ui/tree/tree_layout.h"

namespace ocellus {

/// What a tree says about a picture, in words.
class TreeText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::TreeText)

public:
    /// "3 Painted Bunting" of a class.
    using NameOfClass = std::function<QString(int classIndex)>;

    /// "Node 5", "Leaf 6", "12 leaves": of a branch, a leaf or a folded subtree.
    static QString name(const TreeAnswer& tree, const TreePlace& place);
    /// What is asked or answered there, how it comes out, and with what probability the picture gets there: sentences.
    static QString sentence(const TreeAnswer& tree, const TreePlace& place, const NameOfClass& nameOf);
    /// What the marked way says, what all leaves together say, and whether these agree.
    static QString predictions(const Decoding& decoding, const NameOfClass& nameOf);
    /// How the picture of the tree is to be read.
    static QString legend(bool hasPatches);
};

} // namespace ocellus
