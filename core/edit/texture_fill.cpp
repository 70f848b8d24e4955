// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <numeric>

#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/edit/painting.h"
#include "core/edit/picture_pixels.h"

namespace ocellus {

namespace {

constexpr int passes = 3;
constexpr int minMargin = 24, maxMargin = 256; ///< pixels around the mask's box that are copied from
constexpr int firstGuesses = 32, laterGuesses = 6;
constexpr std::size_t stopCheckInterval = 1024;

/// Fills the unknown pixels of a part of a picture with copies of its known ones.
class TextureSynthesis {
public:
    TextureSynthesis(Picture& part, const std::vector<std::uint8_t>& alpha, const TextureFill& recipe)
        : m_part(part),
          m_box(wholeBox(part.size)),
          m_alpha(alpha),
          m_reach(recipe.patch / 2),
          m_random(recipe.seed),
          m_source(alpha.size(), none)
    {
        for (std::size_t i = 0; i < alpha.size(); ++i)
            if (alpha[i] == 0) {
                m_source[i] = static_cast<int>(i);
                m_known.push_back(static_cast<int>(i));
            }
        if (m_known.empty())
            throw Error(ErrorCode::BadArgument, "remove", "the mask leaves nothing around it to fill from");
        findOrder();
    }

    void run(const Progress& progress)
    {
        for (int pass = 0; pass < passes; ++pass)
            for (std::size_t i = 0; i < m_order.size(); ++i) {
                if (i % stopCheckInterval == 0)
                    progress.throwIfStopped();
                fill(m_order[i], pass == 0 ? firstGuesses : laterGuesses);
            }
    }

private:
    static constexpr int none = -1;

    int column(int pixel) const { return pixel % m_box.width; }
    int row(int pixel) const { return pixel / m_box.width; }
    const std::uint8_t* colour(int pixel) const { return m_part.rgb.data() + static_cast<std::size_t>(pixel) * 3; }
    std::size_t index(int pixel) const { return static_cast<std::size_t>(pixel); }

    /// From the mask's edge inwards; pixels of one distance in random order, so that no direction is preferred.
    void findOrder()
    {
        const cv::Mat unknown =
            cv::Mat(m_box.height, m_box.width, CV_8UC1, const_cast<std::uint8_t*>(m_alpha.data())) > 0;
        cv::Mat distance;
        cv::distanceTransform(unknown, distance, cv::DIST_L2, cv::DIST_MASK_PRECISE);
        std::vector<std::array<int, 3>> keys;
        for (std::size_t i = 0; i < m_alpha.size(); ++i)
            if (m_alpha[i] != 0) {
                const int pixel = static_cast<int>(i);
                keys.push_back({static_cast<int>(distance.at<float>(row(pixel), column(pixel))),
                                m_random.below(std::numeric_limits<int>::max()), pixel});
            }
        std::sort(keys.begin(), keys.end());
        for (const auto& key : keys)
            m_order.push_back(key[2]);
    }

    void fill(int pixel, int guesses)
    {
        int best = m_source[index(pixel)];
        double least = best == none ? std::numeric_limits<double>::infinity() : cost(pixel, best, 1e300);
        const auto consider = [&](int candidate) {
            if (candidate == none || candidate == best)
                return;
            const double price = cost(pixel, candidate, least);
            if (price < least || best == none) {
                least = price;
                best = candidate;
            }
        };
        for (int dy = -1; dy <= 1; ++dy)
            for (int dx = -1; dx <= 1; ++dx)
                if (dx || dy)
                    consider(continuation(pixel, dx, dy));
        for (int i = 0; i < guesses; ++i)
            consider(m_known[index(m_random.below(static_cast<int>(m_known.size())))]);
        m_source[index(pixel)] = best;
        std::copy_n(colour(best), 3, m_part.rgb.begin() + static_cast<std::ptrdiff_t>(pixel) * 3);
    }

    /// The pixel that lies to the neighbour's source as this pixel lies to the neighbour.
    int continuation(int pixel, int dx, int dy) const
    {
        const int x = column(pixel) + dx, y = row(pixel) + dy;
        if (!m_box.contains(x, y))
            return none;
        const int source = m_source[m_box.indexOf(x, y)];
        if (source == none)
            return none;
        const int fromX = column(source) - dx, fromY = row(source) - dy;
        if (!m_box.contains(fromX, fromY) || m_alpha[m_box.indexOf(fromX, fromY)] != 0)
            return none;
        return static_cast<int>(m_box.indexOf(fromX, fromY));
    }

    /// Squared difference of what is filled around the pixel and what is known around the candidate, up to `limit`.
    double cost(int pixel, int candidate, double limit) const
    {
        // What a neighbour costs where the candidate has none: about that of a colour that does not fit.
        constexpr int missing = 3 * 64 * 64;
        const int x0 = column(pixel), y0 = row(pixel), x1 = column(candidate), y1 = row(candidate);
        long long sum = 0;
        for (int dy = -m_reach; dy <= m_reach; ++dy) {
            for (int dx = -m_reach; dx <= m_reach; ++dx) {
                if (!m_box.contains(x0 + dx, y0 + dy) || (dx == 0 && dy == 0))
                    continue;
                const std::size_t here = m_box.indexOf(x0 + dx, y0 + dy);
                if (m_source[here] == none)
                    continue;
                const bool isKnown = m_box.contains(x1 + dx, y1 + dy) && m_alpha[m_box.indexOf(x1 + dx, y1 + dy)] == 0;
                if (!isKnown) {
                    sum += missing;
                    continue;
                }
                const std::uint8_t* a = m_part.rgb.data() + here * 3;
                const std::uint8_t* b = m_part.rgb.data() + m_box.indexOf(x1 + dx, y1 + dy) * 3;
                for (int channel = 0; channel < 3; ++channel)
                    sum += (a[channel] - b[channel]) * (a[channel] - b[channel]);
            }
            if (static_cast<double>(sum) >= limit)
                break;
        }
        return static_cast<double>(sum);
    }

    Picture& m_part;
    PixelBox m_box;
    const std::vector<std::uint8_t>& m_alpha;
    int m_reach;
    RandomStream m_random;
    std::vector<int> m_source; ///< of each pixel, where its colour is from
    std::vector<int> m_known;
    std::vector<int> m_order;
};

} // namespace

std::vector<std::uint8_t> textureFilled(const Picture& picture, const Mask& mask, const TextureFill& recipe,
                                        const Progress& progress)
{
    const PixelBox& box = mask.box();
    const int margin = std::clamp(std::max(box.width, box.height) / 2, minMargin, maxMargin);
    const PixelBox outer = grown(box, margin, picture.size);
    Picture part = cropped(picture, outer);
    const std::vector<std::uint8_t> alpha = mask.alphaOf(outer);
    TextureSynthesis(part, alpha, recipe).run(progress);
    return cropped(part, {box.left - outer.left, box.top - outer.top, box.width, box.height}).rgb;
}

} // namespace ocellus
