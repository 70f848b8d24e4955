// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

namespace ocellus {

/// How one picture of a known class was named. Classes are the model's own indices from 0.
struct PictureOutcome {
    int trueClass = 0;
    int predicted = 0;
    double probability = 0; ///< softmax of the predicted class
    int rank = 1;           ///< of the true class, from 1
    double loss = 0;        ///< cross-entropy of the true class, natural logarithm

    bool isCorrect() const { return rank == 1; }
};

/// Equal logits rank by class index, as Decoding::ranking() does.
/// Throws Error: BadArgument for a class outside the logits, Damaged for logits that are not finite.
PictureOutcome outcomeOf(std::span<const float> logits, int trueClass);

/// Two classes of which pictures of one were named as the other.
struct ConfusedPair {
    int first = 0; ///< lower class index
    int second = 0;
    int firstAsSecond = 0; ///< pictures
    int secondAsFirst = 0;

    int total() const { return firstAsSecond + secondAsFirst; }
    bool operator==(const ConfusedPair&) const = default;
};

/// What the outcomes of many pictures add up to.
class Evaluation {
public:
    /// Pictures of one true class.
    struct Share {
        int n = 0;
        int correct = 0;

        bool operator==(const Share&) const = default;
    };

    void add(const PictureOutcome& outcome);

    int n() const { return m_n; }
    int correct() const { return m_correct; }

    /// In percent, 0 to 100; 0 without pictures, as the loss.
    double accuracy() const;
    double topFiveAccuracy() const;
    double meanLoss() const;

    /// By true class; classes without pictures are not in it.
    const std::map<int, Share>& classes() const { return m_classes; }

    /// Pictures by (true class, predicted class); pairs without any are not in it.
    const std::map<std::pair<int, int>, int>& confusion() const { return m_confusion; }

    /// Classes that are some picture's true class or prediction, ascending: the confusion matrix's rows and columns.
    std::vector<int> involvedClasses() const;

    /// Most pictures first, both directions added; equals by class index.
    std::vector<ConfusedPair> confusedPairs() const;

private:
    double mean(double sum) const { return m_n == 0 ? 0 : sum / m_n; }

    int m_n = 0;
    int m_correct = 0;
    int m_withinFive = 0;
    double m_lossSum = 0;
    std::map<int, Share> m_classes;
    std::map<std::pair<int, int>, int> m_confusion;
};

} // namespace ocellus
