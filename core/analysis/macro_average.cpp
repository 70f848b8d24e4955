// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/macro_average.h"

#include <algorithm>
#include <vector>

#include "core/base/random.h"

namespace ocellus {

MacroAverage macroAverage(const Evaluation& evaluation, std::uint64_t seed)
{
    MacroAverage result;
    result.classes = static_cast<int>(evaluation.classes().size());
    if (result.classes == 0)
        return result;
    for (const auto& [classIndex, share] : evaluation.classes())
        result.accuracy += static_cast<double>(share.correct) / share.n / result.classes;
    constexpr std::size_t samples = 1'000;
    RandomStream random(seed);
    std::vector<double> means(samples);
    for (double& mean : means)
        for (const auto& [classIndex, share] : evaluation.classes()) {
            int correct = 0;
            for (int i = 0; i < share.n; ++i)
                correct += random.below(share.n) < share.correct;
            mean += static_cast<double>(correct) / share.n / result.classes;
        }
    std::ranges::sort(means);
    constexpr std::size_t tail = samples / 40; // 2.5 percent
    result.interval = {means[tail], means[samples - 1 - tail]};
    return result;
}

} // namespace ocellus
