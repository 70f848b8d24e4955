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
    PartMeasure(PartPointing pointing, const PlacedPoints& points) : m_pointing(std::move(pointing)), m_points(points)
    {
    }

    void add(const NamedPicture& named, const Progress&) override
    {
        m_pointing.add(*named.decoding, named.picture.classIndex, named.input.pictureSize, named.input.inputSize,
                       m_points.of(named.picture));
    }

    std::vector<PointingRow> rows() const override { return m_pointing.rows(); }

private:
    PartPointing m_pointing;
    const PlacedPoints& m_points;
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
        const Mask mask = readMask(found->second, named.input.pictureSize, m_label, m_decode);
        const std::shared_ptr<const Decoding> limited = limitedToRing(named, progress);
        m_pointing.add(*named.decoding, limited.get(), classIndex, named.input.pictureSize, named.input.inputSize,
                       mask);
    }

    std::vector<PointingRow> rows() const override { return m_pointing.rows(); }

private:
    /// Null where the model takes no limits.
    std::shared_ptr<const Decoding> limitedToRing(const NamedPicture& named, const Progress& progress) const
    {
        const ModelOffer& offer = m_engine.model()->offer;
        if (!offer.canLimit && !offer.canDrop)
            return nullptr;
        const QuerySet ring{offer.canLimit ? LimitMode::Zero : LimitMode::Drop,
                            m_rings[static_cast<std::size_t>(named.picture.classIndex)]};
        return m_engine.decode(named.encoding, ring, progress);
    }

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

std::unique_ptr<PointingMeasure> partMeasure(const PlacedPoints& points, const ModelDescription& model,
                                             std::uint64_t seed)
{
    return std::make_unique<PartMeasure>(PartPointing(points.parts, model.offer.heads, model.field, seed), points);
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
