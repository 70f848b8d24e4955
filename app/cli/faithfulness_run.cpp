// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/faithfulness_run.h"

#include <algorithm>
#include <utility>

#include "app/cli/console.h"
#include "app/cli/terminal_progress.h"
#include "core/explain/evidence_sheet.h"
#include "core/image/preprocess.h"
#include "core/model/map_words.h"

namespace ocellus {

namespace {

/// A source as it was asked for, and of one that has a map a head, which.
std::string labelOf(const SourceChoice::Chosen& chosen, const SourceMap& map, bool oneOfSeveral, MapKind kind)
{
    std::string label = chosen.traits.id;
    for (const SourceOption& option : chosen.traits.options)
        if (const std::string& value = chosen.settings.text(option.key); value != option.standard)
            label += ":" + option.key + "=" + value;
    if (oneOfSeveral && map.head && label == "heads") // of prototypes by their place among those of their class
        return std::string(mapWord(kind)) + " " + std::to_string(*map.head + 1);
    return toString(EvidenceMap{std::move(label), oneOfSeveral ? map.head.value_or(-1) : -1});
}

} // namespace

FaithfulnessRun::FaithfulnessRun(Engine& engine, Engine& judge, const SourceChoice& sources, Settings settings)
    : m_engine(engine),
      m_probe(engine),
      m_judge(judge),
      m_sources(sources),
      m_settings(std::move(settings))
{
}

bool FaithfulnessRun::measureAll(const std::vector<LabelledPicture>& pictures, FaithfulnessTable& table,
                                 const std::stop_token& stop)
{
    TerminalProgress terminal(pictures.size());
    bool allWorked = true;
    std::size_t done = 0;
    for (const LabelledPicture& picture : pictures) {
        if (m_settings.limit && table.measured() >= *m_settings.limit)
            break;
        const std::string name = picture.file.relative.generic_string();
        terminal.begin(done++, name);
        if (table.has(name))
            continue;
        try {
            table.add(measure(picture, terminal.progress(stop)));
        } catch (const std::exception& error) {
            terminal.clear();
            allWorked = false;
            if (stop.stop_requested())
                break;
            printError(describe(error, picture.file.path.string()));
        }
    }
    return allWorked;
}

std::vector<FaithfulnessRow> FaithfulnessRun::measure(const LabelledPicture& picture, const Progress& progress)
{
    const DecodedPicture decoded = decodeWithFacts(picture.file.path, m_settings.decode);
    const ModelInput input = preprocess(decoded.picture, m_settings.preprocess);
    const ModelInput judged = preprocess(decoded.picture, m_settings.judgePreprocess);
    const auto encoding = m_engine.encode(input, progress);
    const auto decoding = m_engine.decode(encoding, {}, progress);
    FaithfulnessRow common;
    common.picture = picture.file.relative.generic_string();
    common.classIndex = decoding->classes()[static_cast<std::size_t>(decoding->ranking().front())];

    const SourceSubject subject{decoded.picture, m_settings.preprocess, input, encoding, decoding};
    // Where the model has no grid of cells, a plain classifier, its backbone's is the one that maps lie on.
    const ReceptiveField& field = m_probe.model().field;
    const bool hasCells = decoding->extent().layers > 0;
    const int rows = hasCells ? encoding->rows() : (input.inputSize.height + field.stride - 1) / field.stride;
    const int columns = hasCells ? encoding->columns() : (input.inputSize.width + field.stride - 1) / field.stride;
    const CellGeometry grid(decoded.picture.size, input.inputSize, rows, columns, field);
    const FaithfulnessMeasure measure(m_judge, judged, grid, m_settings.recipe, progress);
    common.judgedClass = measure.judgedClass();
    common.probability = measure.probability();
    if (!m_settings.wrongToo && (common.classIndex != picture.classIndex || common.judgedClass != picture.classIndex)) {
        common.order = FaithfulnessTable::leftOut;
        return {common};
    }
    return rowsOf(measure, common, m_sources.maps(m_engine, m_probe, subject, {common.classIndex}, progress), progress);
}

std::vector<FaithfulnessRow> FaithfulnessRun::rowsOf(const FaithfulnessMeasure& measure, const FaithfulnessRow& common,
                                                     const std::vector<std::vector<SourceMap>>& maps,
                                                     const Progress& progress) const
{
    std::vector<FaithfulnessRow> rows;
    const auto add = [&](std::string order, const CausalPair& pair) {
        FaithfulnessRow& row = rows.emplace_back(common);
        row.order = std::move(order);
        row.insertion = pair.insertionArea;
        row.deletion = pair.deletionArea;
    };
    for (std::size_t i = 0; i < maps.size(); ++i)
        for (const SourceMap& map : maps[i]) {
            const std::string label =
                labelOf(m_sources.sources()[i], map, maps[i].size() > 1, m_probe.model().offer.mapKind);
            add(label, measure.of(map, progress));
            add("reversed " + label, measure.reversed(map, progress));
        }
    for (int n = 1; n <= m_settings.recipe.randomOrders; ++n)
        add("random " + std::to_string(n), measure.random(n, progress));
    add(FaithfulnessTable::lastOrder, measure.centre(progress));
    return rows;
}

} // namespace ocellus
