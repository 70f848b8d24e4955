// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset/dataset_state.h"
#include "core/dataset/examination.h"

namespace ocellus {

enum class ProblemKind {
    Unreadable,
    Changed,        ///< another content than the data set's file says
    Damaged,        ///< decoded with a remark: part of the pixels is invented, or nearly all are black
    Tiny,           ///< the shorter side, of the crop where there is one
    Grey,           ///< without colour among coloured ones, or the other way round
    TwoClasses,     ///< one content in two classes: one of them is wrong
    AcrossSplit,    ///< the same or nearly the same picture to learn from and to judge by
    SameContent,    ///< in one split
    NearDuplicates, ///< in one split
    BoxOutside,     ///< a box that does not meet its picture
    SimilarNames,   ///< classes whose names differ in case, accents, numbers or underscores only
    FewPictures,    ///< of a class
    Imbalance,      ///< between the largest and the smallest class
    TooFewClasses,  ///< fewer than two take part
    NotInSplit      ///< a class without pictures to learn from or to judge by, where there is a split
};

/// "unreadable", "across_split", ...: for JSON.
std::string_view toString(ProblemKind kind);

/// One thing that is wrong with a data set, and what can be done about it.
struct DatasetProblem {
    ProblemKind kind = ProblemKind::Unreadable;
    std::vector<int> pictures;           ///< that it is about, ascending; none: about classes alone
    std::vector<std::string> classNames; ///< that it is about
    std::string sentence;                ///< for people, without a full stop
    std::string wayOut;                  ///< a sentence with what the user can do
    std::optional<DatasetStep> remedy;   ///< does it, where a step can
};

/// From where on something is a problem.
struct ProblemLimits {
    int tinySide = 64;     ///< pixels
    int fewPictures = 10;  ///< of a class
    double imbalance = 10; ///< times as many
};

/// All problems of what takes part, the gravest kinds first. What only an examination knows is left out where
/// `examination` has no pictures.
std::vector<DatasetProblem> problemsOf(const Dataset& dataset, const DatasetState& state,
                                       const Examination& examination, const ProblemLimits& limits = {});

} // namespace ocellus
