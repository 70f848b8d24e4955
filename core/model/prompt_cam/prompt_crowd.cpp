// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prompt_cam/prompt_crowd.h"

#include <algorithm>
#include <utility>

#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

std::size_t bytesOf(const PromptCrowd::Members& members)
{
    return members.queries.nbytes() + members.keys.nbytes() + members.valueSum.nbytes() + members.among.taken.nbytes() +
           members.among.logSum.nbytes();
}

} // namespace

PromptCrowd::PromptCrowd(VitBlock::Projection own)
    : m_own(std::move(own)),
      m_members(8 * m_own.queries.nbytes()) // a set of all classes takes little more than three times
{
}

std::shared_ptr<const PromptCrowd::Members> PromptCrowd::of(const std::vector<int>& classes,
                                                            const Progress& progress) const
{
    {
        const std::lock_guard lock(m_mutex);
        if (auto known = m_members.find(classes))
            return known;
    }
    const bool isAll =
        static_cast<std::int64_t>(classes.size()) == m_own.queries.size(1) && std::ranges::is_sorted(classes);
    const at::Tensor index =
        at::tensor(std::vector<std::int64_t>(classes.begin(), classes.end()), at::kLong).to(m_own.queries.device());
    const auto some = [&](const at::Tensor& tensor, std::int64_t axis) {
        return isAll ? tensor : tensor.index_select(axis, index);
    };
    const at::Tensor values = some(m_own.values, 1);
    auto members = std::make_shared<Members>();
    members->queries = some(m_own.queries, 1);
    members->keys = some(m_own.keys, 2);
    members->valueSum = values.sum(1);
    members->among = partOfAttention(members->queries, members->keys, values, progress);
    const std::lock_guard lock(m_mutex);
    m_members.insert(classes, members, bytesOf(*members));
    return members;
}

} // namespace ocellus
