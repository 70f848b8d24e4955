// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/watched_maps.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include <QImage>
#include <QPainter>

#include "app/cli/output_plan.h"
#include "core/engine/engine.h"
#include "core/image/preprocess.h"
#include "core/train/run_files.h"
#include "ui/figures/map_in_figure.h"
#include "ui/figures/png_writer.h"

namespace ocellus {

namespace {

constexpr int side = 150, gap = 6; ///< pixels

/// Shares the pixels: valid as long as the picture is.
QImage imageOf(const Picture& picture)
{
    return QImage(picture.rgb.data(), picture.size.width, picture.size.height, picture.size.width * 3,
                  QImage::Format_RGB888);
}

void paint(QPainter& painter, const QRectF& place, Engine& engine, const TrainingPicture& picture,
           const PreprocessOptions& preprocessing)
{
    const Picture shown = shownPicture(picture);
    const auto encoding = engine.encode(preprocess(shown, preprocessing));
    Explanation explanation;
    explanation.decoding = engine.decode(encoding, QuerySet());
    const Decoding::Extent& extent = explanation.decoding->extent();
    explanation.picture = imageOf(shown);
    explanation.geometry = CellGeometry(shown.size, inputPlace(shown.size, preprocessing), extent.rows, extent.columns,
                                        engine.model()->field);
    explanation.layer = extent.layers - 1;
    explanation.layerKind = engine.model()->offer.layerKind;
    explanation.mapKind = engine.model()->offer.mapKind;
    explanation.subject = engine.model()->offer.maps;
    explanation.classIndex = picture.classIndex;
    // At first maps are nearly even: each is shown on its own scale, which whoever shows the rows says.
    explanation.style.perMapStretch = true;
    const std::optional<TileMap> mean = tileOfHead(explanation, explanation.heads());
    MapInFigure(painter, explanation, 1).paint(place, mean ? &*mean : nullptr);
}

} // namespace

WatchedMaps::WatchedMaps(const TrainOptions& options, const TrainingSet& set, int count) : m_options(options)
{
    const std::size_t all = set.val.size();
    const std::size_t wanted = std::min(all, static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < wanted; ++i)
        m_pictures.push_back(set.val[i * all / wanted]);
}

std::string WatchedMaps::draw(int epoch) const
{
    Engine engine({.device = m_options.device, .threads = m_options.threads});
    engine.open(RunFiles(m_options.out).checkpoint());
    if (engine.model()->offer.maps == MapSubject::None || m_pictures.empty())
        return "A plain classifier has no maps of its own to watch";
    const auto count = static_cast<int>(m_pictures.size());
    QImage row(count * (side + gap) - gap, side, QImage::Format_RGB32);
    row.fill(Qt::white);
    QPainter painter(&row);
    for (int i = 0; i < count; ++i)
        paint(painter, QRectF(i * (side + gap), 0, side, side), engine, m_pictures[static_cast<std::size_t>(i)],
              engine.model()->preprocess.value_or(m_options.preprocess));
    painter.end();
    char name[32];
    std::snprintf(name, sizeof name, "epoch-%04d.png", epoch);
    const std::filesystem::path folder = m_options.out / "maps";
    createFolder(folder);
    writePng(folder / name, row);
    return {};
}

} // namespace ocellus
