// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/pointing_measure.h"

#include <map>
#include <optional>
#include <utility>

#include "core/analysis/mark_pointing.h"
#include "core/analysis/part_pointing.h"
#include "core/base/error.h"
#include "core/data/class_matching.h"
#include "core/edit/mask_file.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

class PartMeasure : public PointingMeasure {
public:
    PartMeasure(PartPointing pointing, std::map<fs::path, std::vector<PartPoint>> points)
        : m_pointing(std::move(pointing)),
          m_points(std::move(points))
    {
    }

    void add(const NamedPicture& named, const Progress&) override
    {
        const auto found = m_points.find(named.picture.file.relative);
        if (found != m_points.end())
            m_pointing.add(*named.decoding, named.picture.classIndex, named.pictureSize, named.inputSize,
                           found->second);
    }

    std::vector<PointingRow> rows() const override { return m_pointing.rows(); }

private:
    PartPointing m_pointing;
    std::map<fs::path, std::vector<PartPoint>> m_points; ///< by the picture's path below the data's folder
};

class MarkMeasure : public PointingMeasure {
public:
    using Masks = std::map<fs::path, fs::path>;

    MarkMeasure(MarkPointing pointing, Engine& engine, const DecodeOptions& decode, Masks masks,
                std::optional<int> label, std::vector<std::vector<int>> rings)
        : m_pointing(std::move(pointing)),
          m_engine(engine),
          m_decode(decode),
          m_masks(std::move(masks)),
          m_label(label),
          m_rings(std::move(rings))
    {
    }

    void add(const NamedPicture& named, const Progress& progress) override
    {
        const auto found = m_masks.find(named.picture.file.relative);
        if (found == m_masks.end())
            return;
        const int classIndex = named.picture.classIndex;
        const Mask mask = readMask(found->second, named.pictureSize, m_label, m_decode);
        const QuerySet ring{LimitMode::Zero, m_rings[static_cast<std::size_t>(classIndex)]};
        const std::shared_ptr<const Decoding> limited = m_engine.decode(named.encoding, ring, progress);
        m_pointing.add(*named.decoding, *limited, classIndex, named.pictureSize, named.inputSize, mask);
    }

    std::vector<PointingRow> rows() const override { return m_pointing.rows(); }

private:
    MarkPointing m_pointing;
    Engine& m_engine;
    DecodeOptions m_decode;
    Masks m_masks; ///< by the picture's path below the data's folder
    std::optional<int> m_label;
    std::vector<std::vector<int>> m_rings;
};

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

/// Reads every mask before hours are spent on the pictures.
MarkMeasure::Masks findMasks(const MarkSources& sources, const std::vector<LabelledPicture>& pictures,
                             const DecodeOptions& decode, const Progress& progress)
{
    MarkMeasure::Masks masks;
    bool isAnySelected = false;
    for (const LabelledPicture& picture : pictures) {
        progress.throwIfStopped();
        const fs::path mask = sources.masks / fs::path(picture.file.relative).replace_extension(".png");
        std::error_code failure; // what cannot be looked at is no mask
        if (!fs::is_regular_file(mask, failure))
            continue;
        if (const std::optional<Size> size = sizeOf(picture.file.path, decode))
            isAnySelected = !readMask(mask, *size, sources.label, decode).empty() || isAnySelected;
        masks.emplace(picture.file.relative, mask);
    }
    if (masks.empty())
        throw Error(ErrorCode::NotFound, sources.masks.string(),
                    "expected CLASS/NAME.png for the pictures CLASS/NAME.*, found none");
    if (!isAnySelected)
        throw Error(ErrorCode::NotFound, sources.masks.string(),
                    sources.label ? "expected masks with the label " + std::to_string(*sources.label) + ", found none"
                                  : "expected masks that select something, found empty ones only");
    return masks;
}

} // namespace

std::unique_ptr<PointingMeasure> partMeasure(const fs::path& csv, const fs::path& data,
                                             const std::vector<LabelledPicture>& pictures,
                                             const ModelDescription& model, const DecodeOptions& decode,
                                             std::uint64_t seed, std::vector<std::string>& notes,
                                             const Progress& progress)
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
    std::map<fs::path, std::vector<PartPoint>> points = placing.finish(data, notes);
    if (points.size() < pictures.size())
        notes.push_back(csv.filename().string() + ": no points of " + std::to_string(pictures.size() - points.size()) +
                        " of " + std::to_string(pictures.size()) + " pictures");
    PartPointing pointing(std::move(read.parts), model.offer.heads, model.field, seed);
    return std::make_unique<PartMeasure>(std::move(pointing), std::move(points));
}

std::unique_ptr<PointingMeasure> markMeasure(const MarkSources& sources, const ClassTable& table,
                                             const std::vector<LabelledPicture>& pictures, const DecodeOptions& decode,
                                             Engine& engine, std::uint64_t seed, std::vector<std::string>& notes,
                                             const Progress& progress)
{
    Rings read = readRings(sources.rings, table);
    if (!read.dialect.empty())
        notes.push_back(sources.rings.filename().string() + ": read with " + read.dialect);
    std::vector<std::vector<int>> rings = std::move(read.ofClass);
    for (const LabelledPicture& picture : pictures)
        if (rings[static_cast<std::size_t>(picture.classIndex)].empty())
            throw Error(ErrorCode::Mismatch, sources.rings.string(),
                        "expected a ring for every class of the pictures, got none for " +
                            table.entries[static_cast<std::size_t>(picture.classIndex)].name);
    MarkMeasure::Masks masks = findMasks(sources, pictures, decode, progress);
    const ModelDescription& model = *engine.model();
    return std::make_unique<MarkMeasure>(MarkPointing(model.offer.heads, model.field, seed), engine, decode,
                                         std::move(masks), sources.label, std::move(rings));
}

} // namespace ocellus
