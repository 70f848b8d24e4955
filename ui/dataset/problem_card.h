// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/dataset/dataset_problems.h"

namespace ocellus {

/// One problem of a data set in words, with a button for each way out of it.
class ProblemCard : public QFrame {
    Q_OBJECT

public:
    explicit ProblemCard(const DatasetProblem& problem, QWidget* parent = nullptr);

signals:
    void lookWanted();   ///< at its pictures or classes
    void remedyWanted(); ///< the problem's own
    void renamingWanted();
    void drawingWanted(); ///< of the split, anew

private:
    static QString remedyText(const DatasetProblem& problem);
};

} // namespace ocellus
