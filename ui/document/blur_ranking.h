// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QObject>

#include "ui/engine/batch_run.h"

namespace ocellus {

/// Prompt-CAM's own ranking of heads, by blurring them: worked out in the background for the class that is shown, where
/// the model has such a thing.
class BlurRanking : public QObject {
    Q_OBJECT

public:
    /// `controller` must outlive this object.
    explicit BlurRanking(EngineController& controller, QObject* parent = nullptr);

    /// What is shown now. Asks for its ranking, and forgets another one that is on its way.
    void follow(const ViewResult& result, const ViewRequest& request, bool canBlur, int classIndex);

    /// By head, see ranksOf(BlurredHeads); empty while they are not known.
    std::vector<int> ranks(const ViewResult& result, int classIndex) const;

signals:
    void changed();

private:
    struct Subject {
        ContentKey decoding;
        int classIndex = -1;

        bool operator==(const Subject&) const = default;
    };

    BatchRun m_run;
    std::optional<Subject> m_asked; // also where the answer is there, or cannot be had
    std::vector<int> m_ranks;       // of it; empty while on the way
};

} // namespace ocellus
