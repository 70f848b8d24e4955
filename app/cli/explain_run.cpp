// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/explain_run.h"

#include <iostream>
#include <utility>

#include "app/cli/console.h"
#include "app/cli/offscreen_gui.h"
#include "app/cli/summary_csv.h"
#include "app/cli/terminal_progress.h"
#include "core/analysis/explain_writer.h"
#include "core/base/error.h"
#include "ui/figures/source_figure.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr int shownHashDigits = 12;

/// Shares the pixels: valid as long as the picture is.
QImage imageOf(const Picture& picture)
{
    return QImage(picture.rgb.data(), picture.size.width, picture.size.height, picture.size.width * 3,
                  QImage::Format_RGB888);
}

QString className(const ClassTable& table, int classIndex)
{
    const std::string number = std::to_string(classIndex);
    const std::string& name = table.entries[static_cast<std::size_t>(classIndex)].name;
    return QString::fromStdString(name == number ? "class " + number : number + " " + name);
}

QString limitText(const QuerySet& set, int classes)
{
    if (set.mode == LimitMode::All)
        return {};
    return QString::fromStdString("limited to " + std::to_string(set.active.size()) + " of " + std::to_string(classes) +
                                  " (" + std::string(toString(set.mode)) + ")");
}

} // namespace

ExplainRun::ExplainRun(Engine& engine, const SourceChoice& sources, Settings settings)
    : m_engine(engine),
      m_probe(engine),
      m_sources(sources),
      m_settings(std::move(settings))
{
}

int ExplainRun::explainAll(const std::vector<PlannedPicture>& pictures, const fs::path& summaryPath,
                           const std::stop_token& stop)
{
    const OffscreenGui gui;
    SummaryCsv summary(summaryPath, validationEnergies(m_engine.model()->training));
    TerminalProgress terminal(pictures.size());
    std::size_t done = 0;
    std::size_t worked = 0;
    bool allWorked = true;
    RemarkCounts remarks;
    for (const PlannedPicture& planned : pictures) {
        terminal.begin(done, planned.label);
        try {
            PictureFacts facts;
            const std::shared_ptr<const Decoding> decoding = explain(planned, facts, terminal.progress(stop));
            summary.add(planned.label, *decoding, m_settings.table, facts);
            remarks.add(facts);
            ++worked;
            terminal.clear();
            printResult(planned, *decoding);
        } catch (const std::exception& error) {
            terminal.clear();
            allWorked = false;
            if (stop.stop_requested())
                break;
            printError(describe(error, planned.input.string()));
        }
        ++done;
    }
    // A mistyped name must not cost the summary of an earlier run.
    const bool worthwhile = worked > 0 || !fs::exists(summaryPath);
    if (worthwhile && (m_settings.summaryOfPart || !stop.stop_requested()))
        summary.commit();
    printRemarks(remarks);
    if (stop.stop_requested())
        printError("stopped after " + std::to_string(done) + " of " + std::to_string(pictures.size()) + " pictures");
    return allWorked ? ExitSuccess : ExitFailure;
}

std::shared_ptr<const Decoding> ExplainRun::explain(const PlannedPicture& planned, PictureFacts& facts,
                                                    const Progress& progress)
{
    progress.at(Stage::Read, 0.0);
    const DecodedPicture decoded = decodeWithFacts(planned.input, m_settings.decode);
    const Picture& picture = decoded.picture;
    facts = decoded.facts;
    progress.at(Stage::Preprocess, 0.0);
    const ModelInput input = preprocess(picture, m_settings.preprocess);
    const std::shared_ptr<const Encoding> encoding = m_engine.encode(input, progress);
    std::shared_ptr<const Decoding> decoding = m_engine.decode(encoding, m_settings.set, progress);

    const QueryClasses queries = queryClasses(m_settings.terms, *decoding);
    createFolder(planned.arrays().parent_path());
    const auto maps = m_sources.maps(m_engine, m_probe, {picture, m_settings.preprocess, input, encoding, decoding},
                                     queries.classes, progress);
    writeExplanation(planned.arrays(), {input.inputSize, input.pictureSize, {}}, *decoding, queries.classes,
                     m_settings.layer, progress, {SourceChoice::arrays(maps), SourceChoice::provenance(maps).dump()});
    Explanation explanation = explanationOf(planned, decoded, decoding);
    for (std::size_t position = 0; position < queries.figures.size(); ++position) {
        progress.throwIfStopped();
        explanation.classIndex = queries.figures[position];
        explanation.className = className(m_settings.table, explanation.classIndex);
        if (m_engine.model()->offer.canBlurHeads && explanation.layer == decoding->extent().layers - 1)
            explanation.blurRanks = ranksOf(m_engine.blurHeads(encoding, m_settings.set, explanation.classIndex));
        if (m_sources.has("heads"))
            writeFigure(planned.figure(position, explanation.classIndex), figureOf(explanation, m_settings.style));
        if (std::vector<SourcePanel> panels = m_sources.panels(maps, explanation.classIndex); !panels.empty())
            writeFigure(planned.sourceFigure(explanation.classIndex), sourceFigure(explanation, std::move(panels)));
    }
    return decoding;
}

Explanation ExplainRun::explanationOf(const PlannedPicture& planned, const DecodedPicture& decoded,
                                      const std::shared_ptr<const Decoding>& decoding) const
{
    const ModelDescription& model = *m_engine.model();
    const Decoding::Extent& extent = decoding->extent();
    Explanation explanation;
    explanation.picture = imageOf(decoded.picture);
    explanation.decoding = decoding;
    explanation.geometry = CellGeometry(decoded.picture.size, inputPlace(decoded.picture.size, m_settings.preprocess),
                                        extent.rows, extent.columns, model.field);
    explanation.style.overlay = m_settings.overlay;
    explanation.layer = m_settings.layer.value_or(extent.layers - 1);
    explanation.layerKind = model.offer.layerKind;
    explanation.subject = model.offer.maps;
    explanation.pictureName = QString::fromStdString(planned.label);
    explanation.modelName = QString::fromStdString(model.path.filename().string());
    explanation.modelHash = QString::fromStdString(model.sha256.substr(0, shownHashDigits));
    explanation.limit = limitText(m_settings.set, model.offer.classes);
    for (const std::string& remark : remarks(decoded.facts))
        explanation.notices << QString::fromStdString(remark);
    if (const std::string assumed = assumptionsText(model); !assumed.empty())
        explanation.notices << QString::fromStdString(assumed);
    if (model.untrained)
        explanation.notices << QStringLiteral("untrained: weights by formula");
    if (const std::string weights = noticeOf(model.stateDict); !weights.empty())
        explanation.notices << QString::fromStdString(weights);
    return explanation;
}

void ExplainRun::printResult(const PlannedPicture& planned, const Decoding& decoding) const
{
    if (!decoding.hasLogits()) { // tokens have no scores
        std::cout << oneLine(planned.label) << '\t' << decoding.extent().rows << " x " << decoding.extent().columns
                  << std::endl;
        return;
    }
    const auto best = static_cast<std::size_t>(decoding.ranking().front());
    const int classIndex = decoding.classes()[best];
    std::cout << oneLine(planned.label) << '\t' << classIndex << '\t'
              << oneLine(m_settings.table.entries[static_cast<std::size_t>(classIndex)].name) << '\t'
              << numberText(decoding.probabilities()[best]) << std::endl;
}

} // namespace ocellus
