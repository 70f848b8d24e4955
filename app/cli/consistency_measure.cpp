// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/consistency_measure.h"

#include <span>

#include "core/analysis/part_hits.h"
#include "core/base/hash.h"

namespace ocellus {

ConsistencyMeasure::ConsistencyMeasure(Engine& engine, const PlacedPoints& points, bool withNoise, std::uint64_t seed)
    : m_engine(engine),
      m_points(points),
      m_consistency(points.parts.size(), engine.model()->offer.heads, seed, engine.model()->offer.mapKind),
      m_withNoise(withNoise),
      m_nextNoise(seed)
{
}

std::shared_ptr<const Decoding> ConsistencyMeasure::noisyDecoding(const ModelInput& input, const Progress& progress)
{
    ModelInput noisy = input;
    const std::vector<float> noise = stabilityNoise(input.inputSize, m_nextNoise++);
    for (std::size_t i = 0; i < noise.size(); ++i)
        noisy.values[i] += noise[i];
    noisy.key = contentKey(std::as_bytes(std::span(noisy.values)), static_cast<std::uint64_t>(noisy.inputSize.width));
    return m_engine.decode(m_engine.encode(noisy, progress), {}, progress);
}

void ConsistencyMeasure::add(const NamedPicture& named, const Progress& progress)
{
    const std::vector<PartPoint>& points = m_points.of(named.picture);
    if (points.empty())
        return;
    const std::shared_ptr<const Decoding> noisy = m_withNoise ? noisyDecoding(named.input, progress) : nullptr;
    m_consistency.add(*named.decoding, noisy.get(), named.picture.classIndex, named.input.pictureSize, points);
}

} // namespace ocellus
