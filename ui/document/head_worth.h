// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QObject>

#include "core/engine/view_key.h"
#include "ui/engine/batch_run.h"

namespace ocellus {

/// What the heads of the last layer are worth to the class that is shown: a question of milliseconds, so that nobody
/// has to ask it. Where a model's last layer cannot be answered apart there is nothing.
class HeadWorth : public QObject {
    Q_OBJECT

public:
    /// `controller` must outlive this object.
    explicit HeadWorth(EngineController& controller, QObject* parent = nullptr);

    /// What is shown now, up to date. Asks about its heads, and forgets others that are on their way.
    void follow(const ViewResult& result, const ViewRequest& request, bool canIntervene, int classIndex, int layer);

    /// By head, see headImportance(); empty while that is not known.
    std::vector<float> ofHeads(const ViewResult& result, int classIndex, int layer) const;

signals:
    void changed();

private:
    struct Subject {
        ContentKey decoding;
        int classIndex = -1;
        int layer = 0;

        bool operator==(const Subject&) const = default;
    };

    BatchRun m_run;
    std::optional<Subject> m_asked; // also where the answer is there, or cannot be had
    std::vector<float> m_heads;     // of it; empty while on the way
};

} // namespace ocellus
