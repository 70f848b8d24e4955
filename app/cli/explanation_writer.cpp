// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/explanation_writer.h"

#include <utility>

#include "app/cli/class_label.h"
#include "app/cli/explanation_in_figure.h"
#include "core/analysis/explain_writer.h"
#include "ui/figures/source_figure.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr double pointsPerInch = 72;
constexpr double pageResolution = 150; ///< dots per inch that a page needs: 1,063 pixels for one that is 180 mm wide

} // namespace

ExplanationWriter::ExplanationWriter(ModelDescription model, ClassTable table, const SourceChoice& sources,
                                     Settings settings)
    : m_model(std::move(model)),
      m_patches(m_model),
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
        explanation.patches = m_patches.of(*explanation.decoding, explanation.layer, explanation.classIndex);
        const auto ranks = explained.blurRanks.find(explanation.classIndex);
        explanation.blurRanks = ranks == explained.blurRanks.end() ? std::vector<int>() : ranks->second;
        if (m_sources.has("heads"))
            draw(planned.figure(position, explanation.classIndex, m_settings.figures),
                 figureOf(explanation, m_settings.style));
        if (std::vector<SourcePanel> panels =
                m_sources.panels(explained.maps, explanation.classIndex, explanation.mapKind);
            !panels.empty())
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
    return explanationInFigure({m_model, *explained.decoded, explained.decoding, m_settings.preprocess,
                                explained.inputSize, planned.crop, planned.label},
                               {m_settings.layer, m_settings.overlay, m_settings.boxes});
}

} // namespace ocellus
