// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include <QObject>

#include "core/base/latest_wins_queue.h"
#include "core/edit/pixel_box.h"

namespace ocellus {

class DatasetDocument;

/// Estimates in the background where the animals are, as the controls of edits do, until the user accepts the boxes or
/// not. An estimate is no decision: it is in no data set before that.
class BoxProposals : public QObject {
    Q_OBJECT

public:
    /// `dataset` must outlive this object.
    explicit BoxProposals(DatasetDocument& dataset, QObject* parent = nullptr);

    /// For the pictures that take part and have no box. What is going on is given up first.
    void start();
    void cancel();
    bool isRunning() const { return m_isRunning; }
    int done() const { return m_done; }
    int total() const { return m_total; }

    std::size_t count() const { return m_boxes.size(); }
    std::optional<PixelBox> at(int picture) const;
    /// One step of the data set with all of them, or with that one.
    void acceptAll();
    void accept(int picture);
    void reject(int picture);
    void rejectAll();

signals:
    void changed(); ///< boxes or progress

private:
    bool wantsBox(int picture) const; ///< it takes part and has none
    void dropOutdated();
    void take(std::uint64_t run, int picture, const PixelBox& box);

    DatasetDocument& m_dataset;
    std::map<int, PixelBox> m_boxes;
    bool m_isRunning = false;
    int m_done = 0;
    int m_total = 0;
    std::uint64_t m_run = 0; ///< estimates of earlier ones are dropped
    LatestWinsQueue m_queue; // last: it goes first
};

} // namespace ocellus
