// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/blocked_attention.h"

#include <algorithm>

#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// A block of scores that one core holds in its cache between the two products.
constexpr std::int64_t rowsAtOnce = 128;
constexpr std::int64_t keysAtOnce = 1024;

/// Of an accelerator's block, all heads together: enough work for one launch, little beside its memory.
constexpr std::int64_t scoresOnDevice = std::int64_t{1} << 26;

/// One head's rows: q [n, d], k [d, m], v [m, d] -> out [n, d], logSum [n, 1]. `scratch` holds a block.
void attendRows(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                const at::Tensor& scratch, at::Tensor out, const at::Tensor& logSum)
{
    at::Tensor highest;
    at::Tensor sum;
    for (std::int64_t begin = 0; begin < k.size(1); begin += keysAtOnce) {
        const std::int64_t end = std::min(begin + keysAtOnce, k.size(1));
        at::Tensor scores = scratch.slice(0, 0, q.size(0) * (end - begin)).view({q.size(0), end - begin});
        at::mm_out(scores, q, k.slice(1, begin, end));
        if (keyBias.defined())
            scores.add_(keyBias.slice(0, begin, end));
        const at::Tensor highestHere = scores.amax(1, true);
        if (begin == 0) {
            highest = highestHere;
            sum = scores.sub_(highest).exp_().sum(1, true);
            at::mm_out(out, scores, v.slice(0, begin, end));
            continue;
        }
        const at::Tensor higher = at::maximum(highest, highestHere);
        const at::Tensor shrink = (highest - higher).exp_();
        highest = higher;
        sum.mul_(shrink).add_(scores.sub_(highest).exp_().sum(1, true));
        out.mul_(shrink).addmm_(scores, v.slice(0, begin, end));
    }
    out.div_(sum);
    logSum.copy_(sum.log_().add_(highest));
}

/// Every (head, block of rows) is a task of its own: small enough for the cache, many enough for all cores.
AttentionPart attendOnCores(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                            const Progress& progress)
{
    const std::int64_t rows = q.size(1);
    const std::int64_t blocks = (rows + rowsAtOnce - 1) / rowsAtOnce;
    const std::int64_t largestBlock = std::min(rows, rowsAtOnce) * std::min(k.size(2), keysAtOnce);
    const AttentionPart part{at::empty_like(q), at::empty({q.size(0), rows, 1}, q.options())};
    at::parallel_for(0, q.size(0) * blocks, 1, [&](std::int64_t first, std::int64_t last) {
        const c10::InferenceMode inference; // thread-local: the pool's threads don't inherit it
        const at::Tensor scratch = at::empty({largestBlock}, q.options());
        for (std::int64_t task = first; task < last && !progress.stopToken().stop_requested(); ++task) {
            const std::int64_t head = task / blocks;
            const std::int64_t begin = task % blocks * rowsAtOnce;
            const std::int64_t end = std::min(begin + rowsAtOnce, rows);
            attendRows(q[head].slice(0, begin, end), k[head], v[head], keyBias, scratch,
                       part.taken[head].slice(0, begin, end), part.logSum[head].slice(0, begin, end));
        }
    });
    progress.throwIfStopped(); // what is left out then is not to be seen
    return part;
}

AttentionPart attendOnDevice(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                             const Progress& progress)
{
    const std::int64_t rows = std::max<std::int64_t>(1, scoresOnDevice / (q.size(0) * k.size(2)));
    const AttentionPart part{at::empty_like(q), at::empty({q.size(0), q.size(1), 1}, q.options())};
    for (std::int64_t begin = 0; begin < q.size(1); begin += rows) {
        progress.throwIfStopped();
        const std::int64_t end = std::min(begin + rows, q.size(1));
        at::Tensor scores = at::bmm(q.slice(1, begin, end), k);
        if (keyBias.defined())
            scores.add_(keyBias);
        part.logSum.slice(1, begin, end).copy_(scores.logsumexp(-1, true));
        part.taken.slice(1, begin, end).copy_(at::bmm(at::softmax(scores, -1), v));
    }
    return part;
}

AttentionPart attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                     const Progress& progress)
{
    return q.device().is_cpu() ? attendOnCores(q, k, v, keyBias, progress) : attendOnDevice(q, k, v, keyBias, progress);
}

} // namespace

at::Tensor blockedAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                            const Progress& progress)
{
    return attend(q, k, v, keyBias, progress).taken;
}

AttentionPart partOfAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const Progress& progress)
{
    return attend(q, k, v, {}, progress);
}

at::Tensor joined(const AttentionPart& a, const AttentionPart& b)
{
    return at::lerp(b.taken, a.taken, at::sigmoid(a.logSum - b.logSum));
}

} // namespace ocellus
