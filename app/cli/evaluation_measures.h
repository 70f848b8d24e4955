// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/consistency_measure.h"
#include "app/cli/evaluate_command.h"
#include "app/cli/placed_points.h"
#include "app/cli/pointing_measure.h"
#include "core/data/class_table.h"

namespace ocellus {

/// What `evaluate` was asked to count in pictures that are named rightly.
class EvaluationMeasures {
public:
    /// The engine has a model and outlives them. `notes` gets what is not plain in the files of points and rings.
    /// Throws what readPlacedPoints and markMeasure throw.
    EvaluationMeasures(const EvaluateOptions& options, const ClassTable& table,
                       const std::vector<LabelledPicture>& pictures, const DecodeOptions& decode,
                       const std::optional<NamedDataset>& set, Engine& engine, std::vector<std::string>& notes,
                       const Progress& progress);
    EvaluationMeasures(const EvaluationMeasures&) = delete;
    EvaluationMeasures& operator=(const EvaluationMeasures&) = delete;

    std::vector<PictureMeasure*> all();

    std::vector<PointingRow> pointing() const;
    std::vector<ConsistencySummary> consistency() const;

    /// Writes what was counted below `folder`, and removes what was not. Throws Error(Unreadable).
    void write(const std::filesystem::path& folder, const ClassTable& table, std::uint64_t seed) const;

private:
    std::string m_maps; ///< what they are called
    PlacedPoints m_points;
    std::vector<std::unique_ptr<PointingMeasure>> m_pointing;
    std::optional<ConsistencyMeasure> m_consistency;
};

} // namespace ocellus
