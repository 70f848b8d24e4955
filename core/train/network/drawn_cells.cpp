// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/drawn_cells.h"

#include <algorithm>
#include <map>
#include <vector>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/train/network/torch_training_headers.h"

namespace ocellus {
namespace {

/// Of a class those with the least keys are kept: any number of pictures takes the same memory.
struct Candidate {
    std::uint64_t key = 0;
    at::Tensor cell; // [channels]
};

using Candidates = std::map<int, std::vector<Candidate>>; // by class

void keepLeast(std::vector<Candidate>& all, std::size_t most)
{
    std::ranges::sort(all, {}, &Candidate::key);
    all.resize(std::min(all.size(), most));
}

void draw(const WalkedFeatures& walked, std::uint64_t seed, std::size_t most, Candidates& candidates)
{
    constexpr int cellsOfAPicture = 4;
    const at::Tensor cells = walked.features.flatten(2); // [B, channels, N]
    const at::Tensor labels = walked.labels.to(at::kCPU);
    for (std::size_t i = 0; i < walked.indices.size(); ++i) {
        const auto row = static_cast<std::int64_t>(i);
        RandomStream stream{seed, walked.indices[i]};
        std::vector<Candidate>& own = candidates[labels[row].item<int>()];
        for (int j = 0; j < cellsOfAPicture; ++j) {
            const std::uint64_t key = stream.next();
            const int cell = stream.below(static_cast<int>(cells.size(2)));
            own.push_back({key, cells[row].select(1, cell).clone()});
        }
        if (own.size() > 2 * most)
            keepLeast(own, most);
    }
}

} // namespace

DrawnCells drawCells(const FeatureWalk& walk, std::span<const int> classOf, std::uint64_t seed)
{
    constexpr std::size_t least = 32; // of a class, for the scales
    std::map<int, std::size_t> wanted;
    for (const int owner : classOf)
        ++wanted[owner];
    std::size_t most = least;
    for (const auto& [owner, count] : wanted)
        most = std::max(most, count);
    Candidates candidates;
    walk.each([&](const WalkedFeatures& walked) { draw(walked, seed, most, candidates); });

    std::vector<at::Tensor> rows;
    std::map<int, std::int64_t> begins;
    for (auto& [owner, own] : candidates) {
        keepLeast(own, most);
        begins[owner] = static_cast<std::int64_t>(rows.size());
        for (Candidate& candidate : own)
            rows.push_back(std::move(candidate.cell));
    }
    std::map<int, std::int64_t> next;
    std::vector<std::int64_t> places;
    for (const int owner : classOf) {
        if (!begins.contains(owner))
            throw Error(ErrorCode::Internal, "start", "expected a picture of each class, got none of one");
        const auto count = static_cast<std::int64_t>(candidates[owner].size());
        places.push_back(begins[owner] + next[owner]++ % count);
    }
    const at::Tensor cells = at::stack(rows);
    return {cells, at::tensor(places, at::kLong).to(cells.device())};
}

} // namespace ocellus
