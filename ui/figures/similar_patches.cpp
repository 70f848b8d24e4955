// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/similar_patches.h"

#include <algorithm>
#include <string>
#include <utility>

#include <QCoreApplication>
#include <QFileInfo>
#include <QPainter>

#include <nlohmann/json.hpp>

#include "ui/figures/number_text.h"
#include "ui/figures/picture_transform.h"
#include "ui/figures/source_view.h"

namespace ocellus {

namespace {

constexpr const char* array = "patch_similarity";
constexpr int sideOfFrames = 150; ///< a frame's line is that part of the picture's longer side

/// The words of this file.
struct SimilarityText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::SimilarPatches)
};

SourceMap mapOf(const Explanation& shown, Cell marked, std::vector<float> cosines)
{
    SourceMap map;
    map.source = array;
    map.settings = "row=" + std::to_string(marked.row) + " column=" + std::to_string(marked.column);
    map.classIndex = shown.classIndex;
    map.rows = shown.geometry.rows();
    map.columns = shown.geometry.columns();
    map.values = std::move(cosines);
    map.isSigned = true;
    map.unit = "cosine";
    map.low = -1;
    map.high = 1;
    map.input = shown.inputSize;
    map.field = shown.field;
    return map;
}

} // namespace

MapStyle similarityStyle(const MapStyle& style)
{
    MapStyle own;
    own.colourMap = style.colourMap;
    own.opacity = style.opacity;
    own.smooth = style.smooth;
    own.placement = style.placement;
    own.scale = ValueScale::Linear;
    own.perMapStretch = true; // clear up to the least, and not up to an even spread
    return own;
}

Range similarityRange(const std::vector<float>& cosines)
{
    const Range range = rangeOf(cosines);
    return {std::max(range.low, 0.0F), range.high};
}

SimilarPatches::SimilarPatches(Explanation shown, Cell marked, std::vector<float> cosines) : m_marked(marked)
{
    const SourceMap map = mapOf(shown, marked, std::move(cosines));
    shown.style = similarityStyle(shown.style);
    shown.className =
        SimilarityText::tr("What looks like the patch in row %1, column %2").arg(marked.row).arg(marked.column);
    shown.layer = std::max(0, shown.decoding->extent().layers - 1);
    shown.limit.clear();
    shown.intervention.clear();
    shown.headNotes.clear();
    shown.blurRanks.clear();
    shown.lockedRange.reset();
    shown.evidence.reset();
    shown.before.reset();
    SourceView source{array, SimilarityText::tr("Similar patches"), shownUnit(map), shown.classIndex, {map}, {}, false,
                      {}};
    shown.source = std::make_shared<const SourceView>(std::move(source));
    m_explanation = std::make_shared<const Explanation>(std::move(shown));
}

const std::vector<float>& SimilarPatches::cosines() const
{
    return m_explanation->source->maps.front().values;
}

QString SimilarPatches::fileName() const
{
    QString picture = m_explanation->pictureName; // with folders where others have the same name
    picture.replace('/', '-');
    return QStringLiteral("%1-patch%2-%3")
        .arg(QFileInfo(picture).completeBaseName())
        .arg(m_marked.row)
        .arg(m_marked.column);
}

/// Dark around light, so that it is seen on any picture.
QImage SimilarPatches::framed() const
{
    QImage picture = m_explanation->picture.convertToFormat(QImage::Format_RGB32);
    const Box box = cellBox(m_explanation->geometry, m_marked);
    const QRectF cell(box.left, box.top, box.width, box.height);
    const double line = std::max(1.0, std::max(picture.width(), picture.height()) / double{sideOfFrames});
    QPainter painter(&picture);
    for (const auto& [colour, width] : {std::pair(QColor(Qt::black), 2 * line), std::pair(QColor(Qt::white), line)}) {
        painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        painter.drawRect(cell);
    }
    return picture;
}

TileMap SimilarPatches::tile() const
{
    const SourceMap& map = m_explanation->source->maps.front();
    TileMap tile = tileOf(map);
    tile.head = m_explanation->heads();
    tile.isMean = true;
    tile.title = m_explanation->source->name;
    tile.values = map.values;
    tile.range = similarityRange(map.values);
    // It is no difference: its colours begin at the least.
    tile.trough.reset();
    tile.words.clear();
    return tile;
}

MapMatrix SimilarPatches::matrix() const
{
    Explanation marked = *m_explanation;
    marked.picture = framed();
    MapMatrix matrix;
    matrix.title = SimilarityText::tr("Similar patches in %1").arg(m_explanation->pictureName);
    matrix.range = similarityRange(cosines());
    matrix.notes += SimilarityText::tr("Cosine of each patch's token with that of the framed patch, after the last "
                                       "block. Rows and columns count from 0.");
    matrix.notes += SimilarityText::tr("Clear is a cosine of %1 or less, most opaque one of %2.")
                        .arg(fixedText(static_cast<double>(matrix.range.low), 2),
                             fixedText(static_cast<double>(matrix.range.high), 2));
    matrix.columns = QStringList{SimilarityText::tr("The patch"), m_explanation->source->name};
    MatrixRow& row = matrix.rows.emplace_back();
    row.title = m_explanation->className;
    row.cells.push_back({std::make_shared<const Explanation>(std::move(marked)), {}, {}});
    row.cells.push_back({m_explanation, tile(), {}});
    return matrix;
}

ExtraSources SimilarPatches::arrays() const
{
    const SourceMap& map = m_explanation->source->maps.front();
    const nlohmann::ordered_json source = {{"array", array},
                                           {"source", map.source},
                                           {"settings", map.settings},
                                           {"unit", map.unit},
                                           {"signed", map.isSigned},
                                           {"input_size", {map.input.height, map.input.width}},
                                           {"stride", map.field.stride},
                                           {"start", map.field.start},
                                           {"patch", {m_marked.row, m_marked.column}},
                                           {"model", m_explanation->modelName.toStdString()},
                                           {"sha256", m_explanation->modelHash.toStdString()}};
    return {{{array, map.rows, map.columns, map.values}},
            nlohmann::ordered_json::array({source}).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

} // namespace ocellus
