// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluate_run.h"

#include <chrono>
#include <utility>

#include "app/cli/console.h"
#include "core/analysis/unusualness.h"
#include "core/io/atomic_file.h"
#include "core/io/csv.h"

namespace ocellus {

EvaluateRun::EvaluateRun(Engine& engine, Settings settings, std::vector<PictureMeasure*> measures)
    : m_engine(engine),
      m_settings(std::move(settings)),
      m_measures(std::move(measures))
{
}

std::optional<EvaluateRun::Result> EvaluateRun::evaluateAll(const std::vector<LabelledPicture>& pictures,
                                                            const std::filesystem::path& picturesPath,
                                                            const std::stop_token& stop)
{
    using Clock = std::chrono::steady_clock;
    AtomicFile csv(picturesPath);
    csv.write(csvHeader("picture,class,name,predicted,predicted_name,probability,rank,loss"));
    TerminalProgress terminal(pictures.size());
    Result result;
    std::string lines; // written at the end: a full disk is no fault of a picture
    std::size_t done = 0;
    const Clock::time_point start = Clock::now();
    for (const LabelledPicture& picture : pictures) {
        terminal.begin(done++, picture.file.relative.generic_string());
        try {
            lines += csvLine(picture, evaluate(picture, terminal, stop, result));
        } catch (const std::exception& error) {
            terminal.clear();
            if (stop.stop_requested())
                return std::nullopt;
            printError(describe(error, picture.file.path.string()));
            result.leftOut.push_back(picture.file.relative.generic_string());
        }
    }
    result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    csv.write(lines);
    if (result.evaluation.n() > 0)
        csv.commit();
    return result;
}

PictureOutcome EvaluateRun::evaluate(const LabelledPicture& picture, TerminalProgress& terminal,
                                     const std::stop_token& stop, Result& result)
{
    const Progress progress = terminal.progress(stop);
    progress.at(Stage::Read, 0.0);
    const DecodedPicture decoded = decodeWithFacts(picture.file.path, m_settings.decode);
    result.remarks.add(decoded.facts);
    progress.at(Stage::Preprocess, 0.0);
    const ModelInput input = preprocess(decoded.picture, m_settings.preprocess);
    const std::shared_ptr<const Encoding> encoding = m_engine.encode(input, progress);
    const std::shared_ptr<const Decoding> decoding = m_engine.decode(encoding, {}, progress);
    const PictureOutcome outcome = outcomeOf(decoding->logits(), picture.classIndex);
    result.evaluation.add(outcome);
    result.energies.push_back(energy(decoding->logits()));
    if (outcome.isCorrect())
        measure({picture, input, encoding, decoding}, terminal, progress, result);
    return outcome;
}

void EvaluateRun::measure(const NamedPicture& named, TerminalProgress& terminal, const Progress& progress,
                          Result& result)
{
    for (PictureMeasure* const measure : m_measures) {
        try {
            measure->add(named, progress);
        } catch (const std::exception& error) {
            progress.throwIfStopped();
            terminal.clear();
            printError(describe(error, named.picture.file.path.string()));
            ++result.measureFailures;
        }
    }
}

std::string EvaluateRun::csvLine(const LabelledPicture& picture, const PictureOutcome& outcome) const
{
    const auto nameOf = [this](int classIndex) -> const std::string& {
        return m_settings.table.entries[static_cast<std::size_t>(classIndex)].name;
    };
    CsvLine line;
    line.text(picture.file.relative.generic_string());
    for (const int classIndex : {outcome.trueClass, outcome.predicted})
        line.number(classIndex).text(nameOf(classIndex));
    line.number(static_cast<float>(outcome.probability)).number(outcome.rank);
    return line.number(static_cast<float>(outcome.loss)).str();
}

} // namespace ocellus
