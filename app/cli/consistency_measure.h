// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "app/cli/picture_measure.h"
#include "app/cli/placed_points.h"
#include "core/analysis/head_consistency.h"
#include "core/engine/engine.h"

namespace ocellus {

/// Whether each head of a class keeps to one part, and with `withNoise` also whether it does so in a second pass of
/// each picture with noise in the model's input.
class ConsistencyMeasure : public PictureMeasure {
public:
    /// The engine has a model with class queries; it and the points outlive the measure.
    ConsistencyMeasure(Engine& engine, const PlacedPoints& points, bool withNoise, std::uint64_t seed);

    void add(const NamedPicture& named, const Progress& progress) override;

    const HeadConsistency& consistency() const { return m_consistency; }

private:
    std::shared_ptr<const Decoding> noisyDecoding(const ModelInput& input, const Progress& progress);

    Engine& m_engine;
    const PlacedPoints& m_points;
    HeadConsistency m_consistency;
    bool m_withNoise;
    std::uint64_t m_nextNoise; ///< each picture has its own
};

} // namespace ocellus
