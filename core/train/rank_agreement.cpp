// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/rank_agreement.h"

#include <array>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/train/network/trainable_network.h"
#include "core/train/torch_optimizer_headers.h"

namespace ocellus {
namespace {

/// In pieces that a double holds exactly.
std::array<double, 4> piecesOf(const std::string& text)
{
    const ContentKey key = contentKey(text);
    const auto piece = [](std::uint64_t value) { return static_cast<double>(value & 0xffffffffU); };
    return {piece(key.low), piece(key.low >> 32), piece(key.high), piece(key.high >> 32)};
}

} // namespace

void requireSame(ProcessGroup& group, const std::string& what, const std::string& text)
{
    if (group.ranks() == 1)
        return;
    const std::array<double, 4> own = piecesOf(text);
    std::array<double, 4> ofLeader = group.rank() == 0 ? own : std::array<double, 4>{};
    group.sum(ofLeader);
    std::vector<double> differs(static_cast<std::size_t>(group.ranks()), 0.0);
    differs[static_cast<std::size_t>(group.rank())] = own != ofLeader;
    group.sum(differs);
    std::string ranks;
    for (std::size_t rank = 0; rank < differs.size(); ++rank)
        if (differs[rank] > 0)
            ranks += (ranks.empty() ? "" : ", ") + std::to_string(rank);
    if (!ranks.empty())
        throw Error(ErrorCode::Mismatch, "training in " + std::to_string(group.ranks()) + " processes",
                    "ranks start from different " + what + ": rank 0 differs from " + ranks,
                    "Give all of them the same command, and the same files in shared folders");
}

void averageBuffers(ProcessGroup& group, TrainableNetwork& network)
{
    if (group.ranks() == 1)
        return;
    const at::NoGradGuard noGradients;
    for (at::Tensor& buffer : network.buffers()) {
        at::Tensor values = buffer.to(at::kCPU, at::kDouble).contiguous();
        group.sum({values.data_ptr<double>(), static_cast<std::size_t>(values.numel())});
        buffer.copy_(values / group.ranks());
    }
}

} // namespace ocellus
