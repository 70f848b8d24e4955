// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/nearest_patches.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

/// The search while it goes on.
class Search {
public:
    explicit Search(std::span<const std::vector<int>> classesOf)
        : m_classesOf(classesOf),
          m_least(classesOf.size(), std::numeric_limits<float>::infinity())
    {
        m_found.origins.resize(classesOf.size());
        m_found.distances.resize(classesOf.size());
    }

    void look(const EmbeddedCells& embedded, const WalkedFeatures& walked)
    {
        const at::Tensor distances = embedded.distances.to(at::kCPU, at::kFloat).contiguous();
        const at::Tensor labels = walked.labels.to(at::kCPU);
        if (!m_found.vectors.defined())
            m_found.vectors = at::zeros({distances.size(1), embedded.cells.size(1), 1, 1}, embedded.cells.options());
        for (std::int64_t i = 0; i < distances.size(0); ++i)
            for (std::size_t prototype = 0; prototype < m_classesOf.size(); ++prototype)
                if (std::ranges::binary_search(m_classesOf[prototype], labels[i].item<int>()))
                    compare(prototype, distances, i, embedded.cells, walked.indices[static_cast<std::size_t>(i)]);
    }

    NearestPatches take()
    {
        for (std::size_t prototype = 0; prototype < m_classesOf.size(); ++prototype)
            // Distances were no numbers, or the walk left a class out.
            if (!m_classesOf[prototype].empty() && !m_found.origins[prototype])
                throw Error(ErrorCode::Internal, "push", "expected a nearest patch of each prototype, got none of one");
        return std::move(m_found);
    }

private:
    void compare(std::size_t prototype, const at::Tensor& distances, std::int64_t i, const at::Tensor& cells,
                 std::size_t picture)
    {
        const auto place = static_cast<std::int64_t>(prototype);
        const std::int64_t columns = distances.size(3);
        const std::int64_t count = distances.size(2) * columns;
        const float* map = distances.data_ptr<float>() + (i * distances.size(1) + place) * count;
        std::int64_t nearest = -1;
        for (std::int64_t cell = 0; cell < count; ++cell)
            if (map[cell] < m_least[prototype]) {
                m_least[prototype] = map[cell];
                nearest = cell;
            }
        if (nearest < 0)
            return;
        const std::int64_t row = nearest / columns;
        const std::int64_t column = nearest % columns;
        m_found.origins[prototype] = PrototypeOrigin{picture,
                                                     static_cast<int>(row),
                                                     static_cast<int>(column),
                                                     static_cast<int>(distances.size(2)),
                                                     static_cast<int>(columns),
                                                     {}};
        m_found.distances[prototype].assign(map, map + count);
        m_found.vectors[place].copy_(cells[i].slice(1, row, row + 1).slice(2, column, column + 1));
    }

    std::span<const std::vector<int>> m_classesOf;
    std::vector<float> m_least;
    NearestPatches m_found;
};

} // namespace

NearestPatches nearestPatches(const FeatureWalk& walk, std::span<const std::vector<int>> classesOf,
                              const std::function<EmbeddedCells(const at::Tensor& features)>& embed)
{
    Search search(classesOf);
    walk.each([&](const WalkedFeatures& walked) { search.look(embed(walked.features), walked); });
    return search.take();
}

} // namespace ocellus
