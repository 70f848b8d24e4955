// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/explanation_writer.h"

#include <utility>

#include "app/cli/class_label.h"
#include "core/analysis/explain_writer.h"
#include "core/engine/assumptions_text.h"
#include "ui/figures/source_figure.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr int shownHashDigits = 12;
constexpr double pointsPerInch = 72;
constexpr double pageResolution = 150; ///< dots per inch that a page needs: 1,063 pixels for one that is 180 mm wide

/// Shares the pixels: valid as long as the picture is.
QImage imageOf(const Picture& picture)
{
    return QImage(picture.rgb.data(), picture.size.width, picture.size.height, picture.size.width * 3,
                  QImage::Format_RGB888);
}

QString limitText(const QuerySet& set, int classes)
{
    if (set.mode == LimitMode::All)
        return {};
    return QString::fromStdString("limited to " + std::to_string(set.active.size()) + " of " + std::to_string(classes) +
                                  " (" + std::string(toString(set.mode)) + ")");
}

} // namespace

ExplanationWriter::ExplanationWriter(ModelDescription model, ClassTable table, const SourceChoice& sources,
                                     Settings settings)
    : m_model(std::move(model)),
      m_table(std::move(table)),
      m_sources(sources),
      m_settings(std::move(settings))
{
}

void ExplanationWriter::write(const PlannedPicture& planned, const PictureResult& explained,
                              const Progress& progress) const
{
    createFolder(planned.arrays().parent_path());
    writeExplanation(planned.arrays(), {explained.inputSize, explained.pictureSize, {}}, *explained.decoding,
                     explained.queries.classes, m_settings.layer, progress,
                     {SourceChoice::arrays(explained.maps), SourceChoice::provenance(explained.maps).dump()},
                     m_settings.compression);
    if (m_settings.figures == "none")
        return;
    Explanation explanation = explanationOf(planned, explained);
    for (std::size_t position = 0; position < explained.queries.figures.size(); ++position) {
        progress.throwIfStopped();
        explanation.classIndex = explained.queries.figures[position];
        explanation.className = classLabel(m_table, explanation.classIndex);
        const auto ranks = explained.blurRanks.find(explanation.classIndex);
        explanation.blurRanks = ranks == explained.blurRanks.end() ? std::vector<int>() : ranks->second;
        if (m_sources.has("heads"))
            draw(planned.figure(position, explanation.classIndex, m_settings.figures),
                 figureOf(explanation, m_settings.style));
        if (std::vector<SourcePanel> panels = m_sources.panels(explained.maps, explanation.classIndex); !panels.empty())
            draw(planned.sourceFigure(explanation.classIndex, m_settings.figures),
                 sourceFigure(explanation, std::move(panels)));
    }
}

void ExplanationWriter::draw(const fs::path& path, const Figure& figure) const
{
    const double resolution =
        m_settings.width ? *m_settings.width * pointsPerInch / figure.size.width() : pageResolution;
    writeFigure(path, figure, resolution);
}

Explanation ExplanationWriter::explanationOf(const PlannedPicture& planned, const PictureResult& explained) const
{
    const DecodedPicture& decoded = *explained.decoded;
    const Decoding::Extent& extent = explained.decoding->extent();
    Explanation explanation;
    explanation.picture = imageOf(decoded.picture);
    explanation.decoding = explained.decoding;
    explanation.geometry = CellGeometry(decoded.picture.size, inputPlace(decoded.picture.size, m_settings.preprocess),
                                        extent.rows, extent.columns, m_model.field);
    explanation.style.overlay = m_settings.overlay;
    explanation.layer = m_settings.layer.value_or(extent.layers - 1);
    explanation.layerKind = m_model.offer.layerKind;
    explanation.mapKind = m_model.offer.mapKind;
    explanation.subject = m_model.offer.maps;
    explanation.pictureName = QString::fromStdString(planned.label);
    explanation.modelName = QString::fromStdString(m_model.path.filename().string());
    explanation.modelHash = QString::fromStdString(m_model.sha256.substr(0, shownHashDigits));
    explanation.limit = limitText(explained.decoding->querySet(), m_model.offer.classes);
    for (const std::string& remark : remarks(decoded.facts))
        explanation.notices << QString::fromStdString(remark);
    if (planned.crop)
        explanation.notices << QStringLiteral("cropped to %1x%2 at %3, %4")
                                   .arg(planned.crop->width)
                                   .arg(planned.crop->height)
                                   .arg(planned.crop->left)
                                   .arg(planned.crop->top);
    if (const std::string assumed = assumptionsText(m_model, m_settings.preprocess); !assumed.empty())
        explanation.notices << QString::fromStdString(assumed);
    if (m_model.preprocess && *m_model.preprocess != m_settings.preprocess)
        explanation.notices << QStringLiteral("input %1, the model's own is %2")
                                   .arg(QString::fromStdString(toString(m_settings.preprocess)),
                                        QString::fromStdString(toString(*m_model.preprocess)));
    if (m_model.untrained)
        explanation.notices << QStringLiteral("untrained: weights by formula");
    if (const std::string weights = noticeOf(m_model.stateDict); !weights.empty())
        explanation.notices << QString::fromStdString(weights);
    return explanation;
}

} // namespace ocellus
