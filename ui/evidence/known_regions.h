// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QStringList>

#include "core/analysis/pointing.h"
#include "core/base/latest_wins_queue.h"
#include "core/data/part_points.h"

namespace ocellus {

class Document;
class LiveAnswer;

/// A part of a picture of which it is known where it is, as a grid sees it.
struct KnownRegion {
    QString phrase;               ///< "the active mask", "the cells around the beak", to stand in a sentence
    std::vector<double> coverage; ///< share of each cell, 0 to 1
    CellsNear near;               ///< within a cell of it
};

/// What is known of the picture that is shown: its active mask, the masks that are kept, and the part points of a file
/// parts.csv beside the picture or in a folder above it, which is read in the background.
class KnownRegions : public QObject {
    Q_OBJECT

public:
    /// Both must outlive this.
    KnownRegions(const Document& document, const LiveAnswer& answer, QObject* parent = nullptr);

    /// Looks for part points of the picture that is shown now.
    void follow();

    /// What there is, the most wanted first.
    QStringList names() const;
    /// On that grid of the picture as it is shown; none where there is no such region, or nothing of it on the grid.
    std::optional<KnownRegion> region(const QString& name, const CellGeometry& geometry) const;
    /// Why a file of part points was not read; or empty.
    const QString& problem() const { return m_problem; }

signals:
    void changed(); ///< names(), problem()

private:
    struct Reading;

    void take(const Reading& reading);
    std::vector<PartPoint> points() const; ///< of the picture, where no edit has moved them

    const Document& m_document;
    const LiveAnswer& m_answer;
    std::filesystem::path m_picture;
    std::shared_ptr<const PartPoints> m_points; ///< null where there are none
    std::string m_name;                         ///< of the picture in it
    QString m_problem;
    std::uint64_t m_reading = 0; ///< the newest: what others post is dropped
    LatestWinsQueue m_queue;     // last: it is gone before anything that its jobs use
};

} // namespace ocellus
