// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/attention.h"

#include <algorithm>
#include <cmath>

#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// Rows of scores that one core holds in its cache between the two products.
constexpr std::int64_t rowsAtOnce = 128;

/// One head's rows [begin, end): [n, d] x [m, d] x [m, d] -> [n, d], the scores staying in cache.
void attendRows(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                const at::Tensor& out, std::int64_t begin, std::int64_t end)
{
    at::Tensor scores = at::mm(q.slice(0, begin, end), k.t());
    if (keyBias.defined())
        scores.add_(keyBias);
    out.slice(0, begin, end).copy_(at::mm(at::softmax(scores, -1), v));
}

/// Every (head, block of rows) is a task of its own: small enough for the cache, many enough for all cores.
at::Tensor attendInBlocks(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                          const Progress& progress)
{
    const std::int64_t heads = q.size(0);
    const std::int64_t rows = q.size(1);
    const std::int64_t blocks = (rows + rowsAtOnce - 1) / rowsAtOnce;
    at::Tensor out = at::empty_like(q);
    at::parallel_for(0, heads * blocks, 1, [&](std::int64_t first, std::int64_t last) {
        const c10::InferenceMode inference; // thread-local: the pool's threads don't inherit it
        for (std::int64_t task = first; task < last && !progress.stopToken().stop_requested(); ++task) {
            const std::int64_t head = task / blocks;
            const std::int64_t begin = task % blocks * rowsAtOnce;
            attendRows(q[head], k[head], v[head], keyBias, out[head], begin, std::min(begin + rowsAtOnce, rows));
        }
    });
    progress.throwIfStopped(); // what is left out then is not to be seen
    return out;
}

} // namespace

Attention::Attention(Weights& weights, const std::string& module, const ModelConfig& config, const Compute& compute)
    : m_heads(config.heads),
      m_width(config.hiddenDim / config.heads),
      m_inProjection(weights, module + ".in_proj_weight", module + ".in_proj_bias", compute),
      m_outProjection(weights, module + ".out_proj.weight", module + ".out_proj.bias", compute)
{
}

at::Tensor Attention::split(const at::Tensor& x) const
{
    return x.view({x.size(0), m_heads, m_width}).transpose(0, 1).contiguous();
}

at::Tensor Attention::join(const at::Tensor& x) const
{
    return m_outProjection.run(x.transpose(0, 1).reshape({x.size(1), m_heads * m_width}));
}

at::Tensor Attention::projectQueries(const at::Tensor& x) const
{
    return split(m_inProjection.run(x, 0, x.size(1))).div_(std::sqrt(static_cast<double>(m_width)));
}

at::Tensor Attention::projectKeys(const at::Tensor& x) const
{
    return split(m_inProjection.run(x, x.size(1), 2 * x.size(1)));
}

at::Tensor Attention::projectValues(const at::Tensor& x) const
{
    return split(m_inProjection.run(x, 2 * x.size(1), 3 * x.size(1)));
}

at::Tensor Attention::attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keyBias,
                             const Progress& progress) const
{
    if (q.device().is_cpu())
        return join(attendInBlocks(q, k, v, keyBias, progress));
    at::Tensor scores = at::bmm(q, k.transpose(1, 2));
    if (keyBias.defined())
        scores.add_(keyBias);
    return join(at::bmm(at::softmax(scores, -1), v));
}

at::Tensor Attention::attendInto(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, at::Tensor scores,
                                 at::Tensor attention) const
{
    at::bmm_out(scores, q, k.transpose(1, 2));
    at::_softmax_out(attention, scores, -1, false);
    return mix(attention, v);
}

at::Tensor Attention::mix(const at::Tensor& attention, const at::Tensor& v) const
{
    return join(at::bmm(attention, v));
}

} // namespace ocellus
