// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <map>
#include <utility>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/edit/mask_export.h"
#include "core/image/outline_tracer.h"

namespace ocellus {

namespace {

using Line = std::vector<Point>;

/// Takes a line that passes some corners twice apart into lines that do not.
std::vector<Line> simpleLines(const Line& line)
{
    std::vector<Line> lines;
    Line open;
    std::map<std::pair<double, double>, std::size_t> places; // of the open line's corners
    for (const Point& corner : line) {
        const auto [place, isNew] = places.try_emplace({corner.x, corner.y}, open.size());
        if (!isNew) {
            const auto begin = open.begin() + static_cast<std::ptrdiff_t>(place->second);
            lines.emplace_back(begin, open.end());
            for (auto passed = begin + 1; passed != open.end(); ++passed)
                places.erase({passed->x, passed->y});
            open.erase(begin, open.end());
        }
        open.push_back(corner);
    }
    lines.push_back(std::move(open));
    return lines;
}

/// Above 0 where the line runs clockwise on the screen.
double doubledArea(const Line& line)
{
    double sum = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const Point& to = line[(i + 1) % line.size()];
        sum += line[i].x * to.y - to.x * line[i].y;
    }
    return sum;
}

} // namespace

std::vector<MaskPart> maskParts(const Mask& mask)
{
    const PixelBox& box = mask.box();
    std::vector<bool> inside(box.area());
    cv::Mat selected(box.height, box.width, CV_8UC1);
    for (std::size_t pixel = 0; pixel < inside.size(); ++pixel) {
        inside[pixel] = mask.alpha()[pixel] >= 128;
        selected.data[pixel] = inside[pixel] ? 255 : 0;
    }
    cv::Mat labels; // 0 outside, the parts from 1
    const int count = box.empty() ? 1 : cv::connectedComponents(selected, labels, 4);
    std::vector<MaskPart> parts(static_cast<std::size_t>(count - 1));
    for (const Outline& outline : OutlineTracer(box.width, box.height, std::move(inside)).outlines()) {
        const int label = labels.at<int>(outline.front().y, outline.front().x);
        MaskPart& part = parts[static_cast<std::size_t>(label - 1)];
        for (Line& line : simpleLines(cornersOf(outline))) {
            for (Point& corner : line)
                corner = {corner.x + box.left, corner.y + box.top};
            if (doubledArea(line) > 0)
                part.outline = std::move(line);
            else
                part.holes.push_back(std::move(line));
        }
    }
    return parts;
}

} // namespace ocellus
