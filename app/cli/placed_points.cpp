// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/placed_points.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/error.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

/// The picture's size, or nothing where it cannot be read, which the evaluation itself reports.
std::optional<Size> sizeOf(const fs::path& picture, const DecodeOptions& decode)
{
    try {
        return pictureSize(picture, decode);
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// Brings the points of pictures to their pixels, and judges whether they were taken at the pictures' scale.
class PointPlacing {
public:
    PointPlacing(const PartPoints& points, const fs::path& csv) : m_points(points), m_csv(csv) {}

    /// A picture without a size cannot be read, which the evaluation itself reports.
    void add(const ImageFile& file, const std::string& name, const std::optional<Size>& size)
    {
        m_placed[file.relative] = {};
        if (!size)
            return;
        try {
            m_placed[file.relative] = m_points.inPixels(name, *size);
            m_sizes[name] = *size;
        } catch (const Error& error) {
            m_outside.push_back(error);
        }
    }

    /// By the pictures' paths below the data's folder.
    std::map<fs::path, std::vector<PartPoint>> finish(const fs::path& data, std::vector<std::string>& notes)
    {
        constexpr std::size_t oneIn = 10; // more are no slips of annotators
        if (m_placed.empty())
            throw Error(ErrorCode::Mismatch, m_csv.string(),
                        "expected points of the pictures in " + data.string() + ", found none",
                        "Give the files' paths below that folder or below its parent");
        if (m_outside.size() * oneIn > m_placed.size())
            throw Error(ErrorCode::Mismatch, m_csv.string(),
                        "the points of " + std::to_string(m_outside.size()) + " of " + std::to_string(m_placed.size()) +
                            " pictures do not fit: " + m_outside.front().subject() + ": " + m_outside.front().detail(),
                        m_outside.front().wayOut());
        if (const std::string doubt = doubtAboutScale(m_points, m_sizes); !doubt.empty())
            notes.push_back(m_csv.filename().string() + ": " + doubt);
        for (const Error& error : m_outside)
            notes.push_back(m_csv.filename().string() + ": not counted: " + error.subject() + ": " + error.detail());
        return std::move(m_placed);
    }

private:
    const PartPoints& m_points;
    const fs::path& m_csv;
    std::map<std::string, Size> m_sizes;
    std::map<fs::path, std::vector<PartPoint>> m_placed;
    std::vector<Error> m_outside;
};

} // namespace

const std::vector<PartPoint>& PlacedPoints::of(const LabelledPicture& picture) const
{
    static const std::vector<PartPoint> none;
    const auto found = ofPicture.find(picture.file.relative);
    return found == ofPicture.end() ? none : found->second;
}

PlacedPoints readPlacedPoints(const fs::path& csv, const fs::path& data, const std::vector<LabelledPicture>& pictures,
                              const DecodeOptions& decode, std::vector<std::string>& notes, const Progress& progress)
{
    PartPoints read = readPartPoints(csv);
    for (const std::string& note : read.notes)
        notes.push_back(csv.filename().string() + ": " + note);
    PointPlacing placing(read, csv);
    const fs::path ofParent = fs::canonical(data).filename();
    for (const LabelledPicture& picture : pictures) {
        progress.throwIfStopped();
        const fs::path& relative = picture.file.relative;
        for (const fs::path& candidate : {relative, ofParent / relative})
            if (const std::string name = PartPoints::nameOf(candidate.generic_string()); read.points.contains(name))
                placing.add(picture.file, name, sizeOf(picture.file.path, decode));
    }
    PlacedPoints points{{}, placing.finish(data, notes)};
    points.parts = std::move(read.parts);
    if (points.ofPicture.size() < pictures.size())
        notes.push_back(csv.filename().string() + ": no points of " +
                        std::to_string(pictures.size() - points.ofPicture.size()) + " of " +
                        std::to_string(pictures.size()) + " pictures");
    return points;
}

PlacedPoints pointsOfDataset(const NamedDataset& set)
{
    PlacedPoints points;
    points.parts = set.dataset.parts;
    std::ranges::sort(points.parts);
    for (std::size_t i = 0; i < set.dataset.pictures.size(); ++i) {
        const DatasetPicture& picture = set.dataset.pictures[i];
        const PixelBox seen = cropOf(set.state, i, picture.size).value_or(wholeBox(picture.size));
        std::vector<PartPoint>& placed = points.ofPicture[set.nameOf(i)];
        for (const PartPoint& point : picture.parts) {
            const auto part = std::ranges::lower_bound(points.parts, set.dataset.parts[point.part]);
            const Point place{point.place.x - seen.left, point.place.y - seen.top};
            if (place.x >= 0 && place.y >= 0 && place.x < seen.width && place.y < seen.height)
                placed.push_back({static_cast<std::size_t>(part - points.parts.begin()), place});
        }
    }
    return points;
}

} // namespace ocellus
