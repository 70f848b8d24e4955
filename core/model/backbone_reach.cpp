// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/backbone_reach.h"

#include <algorithm>
#include <vector>

namespace ocellus {
namespace {

/// One axis of a box.
struct Span {
    int begin, end;

    bool empty() const { return begin >= end; }
};

using Chain = std::vector<Window>;

/// The ways through a block: its convolutions and its shortcut, each with the pooling that follows.
std::vector<Chain> waysThrough(const PlannedBlock& block)
{
    Chain path;
    for (const PlannedConvolution& convolution : block.path)
        path.push_back(convolution.window);
    std::vector<Chain> ways{path};
    if (block.shortcut != Shortcut::None)
        ways.push_back(block.shortcut == Shortcut::Projection ? Chain{block.projection.window} : Chain{});
    if (block.maxPooling)
        for (Chain& way : ways)
            way.push_back(*block.maxPooling);
    return ways;
}

int reachOf(const Window& window)
{
    return (window.kernel - 1) * window.dilation;
}

int outputLength(int length, const Window& window)
{
    return (length + 2 * window.padding - reachOf(window) - 1) / window.stride + 1;
}

int outputLength(int length, const Chain& way)
{
    for (const Window& window : way)
        length = outputLength(length, window);
    return length;
}

/// Output cell o looks at the inputs o * stride - padding + k * dilation.
Span reachedFrom(Span span, const Chain& way, int length)
{
    for (const Window& window : way) {
        length = outputLength(length, window);
        const int first = std::max(0, span.begin + window.padding - reachOf(window));
        span = {(first + window.stride - 1) / window.stride,
                std::min(length, (span.end - 1 + window.padding) / window.stride + 1)};
        if (span.empty())
            return {0, 0};
    }
    return span;
}

Span neededFor(Span span, const Chain& way, int length)
{
    std::vector<int> lengths{length};
    for (const Window& window : way)
        lengths.push_back(outputLength(lengths.back(), window));
    for (std::size_t i = way.size(); i-- > 0;) {
        const Window& window = way[i];
        span = {std::max(0, span.begin * window.stride - window.padding),
                std::min(lengths[i], (span.end - 1) * window.stride - window.padding + reachOf(window) + 1)};
    }
    return span;
}

Span hull(Span a, Span b)
{
    if (a.empty() || b.empty())
        return a.empty() ? b : a;
    return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

using Walk = Span (*)(Span, const Chain&, int);

CellBox throughAllWays(Walk walk, const CellBox& box, const PlannedBlock& block, GridSize input)
{
    if (box.empty())
        return {};
    Span across{0, 0};
    Span down{0, 0};
    for (const Chain& way : waysThrough(block)) {
        across = hull(across, walk({box.x0, box.x1}, way, input.columns));
        down = hull(down, walk({box.y0, box.y1}, way, input.rows));
    }
    return {across.begin, down.begin, across.end, down.end};
}

} // namespace

GridSize outputSize(const PlannedBlock& block, GridSize input)
{
    const Chain path = waysThrough(block).front();
    return {outputLength(input.rows, path), outputLength(input.columns, path)};
}

int strideOf(const PlannedBlock& block)
{
    const Chain path = waysThrough(block).front();
    int stride = 1;
    for (const Window& window : path)
        stride *= window.stride;
    return stride;
}

CellBox reachedFrom(const CellBox& changed, const PlannedBlock& block, GridSize input)
{
    return throughAllWays(static_cast<Walk>(reachedFrom), changed, block, input);
}

CellBox neededFor(const CellBox& wanted, const PlannedBlock& block, GridSize input)
{
    return throughAllWays(static_cast<Walk>(neededFor), wanted, block, input);
}

} // namespace ocellus
