// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/attention_by_hand.h"

#include <algorithm>
#include <functional>
#include <string>

#include "core/base/error.h"
#include "core/engine/decoding.h"

namespace ocellus {
namespace {

/// Ascending indices from 0 to count - 1.
void requireIndices(const std::string& what, const std::vector<int>& indices, int count)
{
    for (const int index : indices)
        if (index < 0 || index >= count)
            throw Error(ErrorCode::BadArgument, "attention by hand",
                        "expected " + what + " from 0 to " + std::to_string(count - 1) + ", got " +
                            std::to_string(index));
    const auto disorder = std::ranges::adjacent_find(indices, std::ranges::greater_equal());
    if (disorder != indices.end())
        throw Error(ErrorCode::BadArgument, "attention by hand",
                    "expected " + what + " in ascending order, each once, got " + std::to_string(disorder[0]) +
                        " before " + std::to_string(disorder[1]));
}

} // namespace

bool AttentionByHand::empty() const
{
    return classIndex == -1 ||
           (heads.empty() && std::ranges::all_of(cells, [](const auto& head) { return head.second.empty(); }));
}

bool AttentionByHand::suppressesHead(int head, int cellCount) const
{
    if (std::ranges::binary_search(heads, head))
        return true;
    const auto found = cells.find(head);
    return found != cells.end() && found->second.size() >= static_cast<std::size_t>(cellCount);
}

void validate(const AttentionByHand& hand, const Decoding& decoding)
{
    if (hand.empty())
        return;
    const Decoding::Extent& extent = decoding.extent();
    if (extent.layers == 0)
        throw Error(ErrorCode::BadArgument, "attention by hand", "a plain classifier has no attention to change");
    decoding.logit(hand.classIndex);
    requireIndices("heads", hand.heads, extent.heads);
    for (const auto& [head, cells] : hand.cells) {
        requireIndices("heads", {head}, extent.heads);
        requireIndices("cells", cells, static_cast<int>(extent.cells()));
    }
}

} // namespace ocellus
