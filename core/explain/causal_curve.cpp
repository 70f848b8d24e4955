// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/causal_curve.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>

#include "core/base/error.h"

namespace ocellus {

namespace {

/// A picture on its way from one end of a curve to the other.
class Exchange {
public:
    Exchange(CausalMode mode, Substrate substrate, std::span<const float> input, Size size)
        : m_substrate(substrate),
          m_input(input),
          m_size(size),
          m_inserts(mode == CausalMode::Insertion),
          m_missing(input.size() / 3, m_inserts ? 1 : 0)
    {
        std::vector<float> whole = substrateOfWhole(substrate, input, size);
        m_picture = m_inserts ? whole : std::vector<float>(input.begin(), input.end());
        m_finish = m_inserts ? std::vector<float>(input.begin(), input.end()) : std::move(whole);
    }

    void exchange(const std::vector<std::size_t>& group)
    {
        const std::size_t pixels = m_missing.size();
        for (const std::size_t pixel : group) {
            if (pixel >= pixels)
                throw Error(ErrorCode::Mismatch, "order", "expected pixels of the picture, got one beyond it");
            m_missing[pixel] = m_inserts ? 0 : 1;
            for (std::size_t value = pixel; value < m_picture.size(); value += pixels)
                m_picture[value] = m_finish[value];
        }
    }

    std::vector<float> picture() const
    {
        return m_substrate == Substrate::Inpainting ? spreadInto(m_input, m_missing, m_size) : m_picture;
    }

private:
    Substrate m_substrate;
    std::span<const float> m_input;
    Size m_size;
    bool m_inserts;
    std::vector<unsigned char> m_missing;
    std::vector<float> m_picture, m_finish;
};

} // namespace

std::string_view toString(CausalMode mode)
{
    return mode == CausalMode::Deletion ? "deletion" : "insertion";
}

std::vector<double> causalCurve(CausalMode mode, Substrate substrate, std::span<const float> input, Size size,
                                const PixelGroups& groups, const JudgeScore& score, const Progress& progress,
                                std::size_t atOnce)
{
    Exchange exchange(mode, substrate, input, size);
    std::vector<double> curve;
    std::vector<std::vector<float>> pictures{exchange.picture()};
    const auto ask = [&] {
        progress.throwIfStopped();
        std::ranges::copy(score(std::exchange(pictures, {})), std::back_inserter(curve));
    };
    for (const std::vector<std::size_t>& group : groups) {
        if (pictures.size() >= atOnce)
            ask();
        exchange.exchange(group);
        pictures.push_back(exchange.picture());
    }
    ask();
    return curve;
}

std::vector<float> causalPicture(CausalMode mode, Substrate substrate, std::span<const float> input, Size size,
                                 const PixelGroups& groups, std::size_t steps)
{
    Exchange exchange(mode, substrate, input, size);
    for (std::size_t i = 0; i < std::min(steps, groups.size()); ++i)
        exchange.exchange(groups[i]);
    return exchange.picture();
}

double areaUnder(std::span<const double> curve)
{
    if (curve.size() < 2)
        throw Error(ErrorCode::BadArgument, "curve", "expected at least two values");
    const double sum = std::accumulate(curve.begin(), curve.end(), 0.0) - (curve.front() + curve.back()) / 2;
    return sum / static_cast<double>(curve.size() - 1);
}

} // namespace ocellus
