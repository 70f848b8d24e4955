// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluate_run.h"

#include <chrono>
#include <utility>

#include "app/cli/console.h"
#include "core/analysis/unusualness.h"
#include "core/base/hash.h"
#include "core/base/read_ahead.h"
#include "core/dataset/dataset_listing.h"
#include "core/image/picture_address.h"
#include "core/io/atomic_file.h"
#include "core/io/csv.h"

namespace ocellus {

namespace {

constexpr std::size_t picturesAhead = 4; ///< waiting for their turn
constexpr std::size_t hashDigits = 32;

AskedPicture askedOf(const Decoding& decoding, int trueClass)
{
    AskedPicture asked;
    asked.trueClass = trueClass;
    asked.logits = decoding.logits();
    if (decoding.extent().layers > 0 && decoding.extent().hiddenDim > 0) {
        const std::span<const float> output = decoding.output(asked.predicted());
        asked.output.assign(output.begin(), output.end());
    }
    return asked;
}

} // namespace

EvaluateRun::EvaluateRun(Engine& engine, Settings settings, std::vector<PictureMeasure*> measures)
    : m_engine(engine),
      m_settings(std::move(settings)),
      m_measures(std::move(measures))
{
}

std::optional<EvaluateRun::Result> EvaluateRun::evaluateAll(const std::vector<LabelledPicture>& pictures,
                                                            const std::filesystem::path& folder,
                                                            const std::stop_token& stop)
{
    using Clock = std::chrono::steady_clock;
    const std::filesystem::path ledgerPath = folder / "ledger.csv";
    m_earlier = m_settings.resume ? EvaluationLedger::read(ledgerPath) : std::map<std::string, EvaluatedPicture>();
    AtomicFile csv(folder / "pictures.csv");
    csv.write(csvHeader("picture,class,name,predicted,predicted_name,probability,rank,loss"));
    TerminalProgress terminal(pictures.size());
    Result result;
    std::string lines, ledger; // written at the end: a full disk is no fault of a picture
    std::set<std::string> met;
    std::size_t done = 0;
    const Clock::time_point start = Clock::now();
    ReadAhead<PreparedPicture> prepared(
        pictures.size(), picturesAhead, [&](std::size_t index) { return prepare(pictures[index], Progress(stop)); },
        m_settings.atATime);
    for (const LabelledPicture& picture : pictures) {
        const std::string name = picture.file.relative.generic_string();
        terminal.begin(done++, name);
        try {
            const EvaluatedPicture evaluated = evaluate(picture, prepared.next(), terminal, stop, result);
            lines += csvLine(picture, evaluated.outcome);
            ledger += EvaluationLedger::line(name, evaluated);
            met.insert(name);
        } catch (const std::exception& error) {
            terminal.clear();
            if (stop.stop_requested()) {
                writeLedger(ledgerPath, std::move(ledger), met);
                return std::nullopt;
            }
            printError(describe(error, picture.file.path.string()));
            result.leftOut.push_back(name);
        }
    }
    result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    csv.write(lines);
    if (result.evaluation.n() > 0) {
        csv.commit();
        writeFileAtomically(ledgerPath, EvaluationLedger::header() + ledger);
    }
    return result;
}

/// After a stop: what an earlier run knew of the rest stays known.
void EvaluateRun::writeLedger(const std::filesystem::path& path, std::string lines,
                              const std::set<std::string>& met) const
{
    for (const auto& [name, evaluated] : m_earlier)
        if (!met.contains(name))
            lines += EvaluationLedger::line(name, evaluated);
    writeFileAtomically(path, EvaluationLedger::header() + lines);
}

EvaluateRun::PreparedPicture EvaluateRun::prepare(const LabelledPicture& picture, const Progress& progress) const
{
    progress.throwIfStopped();
    PreparedPicture prepared{read(picture), {}};
    if (m_measures.empty())
        prepared.answered = answer(picture, prepared.read, progress);
    return prepared;
}

EvaluateRun::ReadPicture EvaluateRun::read(const LabelledPicture& picture) const
{
    ReadPicture read;
    read.hash =
        sha256(sha256OfFile(pictureAddress(picture.file.path).file) + m_settings.fingerprint + cropText(picture.crop))
            .substr(0, hashDigits);
    const auto earlier = m_earlier.find(picture.file.relative.generic_string());
    read.isKept = earlier != m_earlier.end() && earlier->second.hash == read.hash &&
                  earlier->second.outcome.trueClass == picture.classIndex;
    if (read.isKept)
        return read;
    DecodedPicture decoded = decodeWithFacts(picture.file.path, m_settings.decode);
    read.facts = decoded.facts;
    read.input =
        preprocess(shownPart(std::move(decoded.picture), picture.crop, picture.file.path), m_settings.preprocess);
    return read;
}

EvaluateRun::AnsweredPicture EvaluateRun::answer(const LabelledPicture& picture, const ReadPicture& read,
                                                 const Progress& progress) const
{
    if (read.isKept)
        return {m_earlier.at(picture.file.relative.generic_string()), nullptr, nullptr};
    const std::shared_ptr<const Encoding> encoding = m_engine.encode(read.input, progress);
    const std::shared_ptr<const Decoding> decoding = m_engine.decode(encoding, {}, progress);
    return {{outcomeOf(decoding->logits(), picture.classIndex), energy(decoding->logits()), read.facts, read.hash},
            encoding,
            decoding};
}

EvaluatedPicture EvaluateRun::evaluate(const LabelledPicture& picture, PreparedPicture prepared,
                                       TerminalProgress& terminal, const std::stop_token& stop, Result& result)
{
    const Progress progress = terminal.progress(stop);
    progress.at(Stage::Preprocess, 1.0);
    if (!prepared.answered)
        prepared.answered = answer(picture, prepared.read, progress);
    const AnsweredPicture& answered = *prepared.answered;
    add(answered.evaluated, result);
    if (!answered.decoding) {
        ++result.kept;
        return answered.evaluated;
    }
    result.asked.push_back(askedOf(*answered.decoding, picture.classIndex));
    result.names.push_back(picture.file.relative.generic_string());
    if (answered.evaluated.outcome.isCorrect())
        measure({picture, prepared.read.input, answered.encoding, answered.decoding}, terminal, progress, result);
    return answered.evaluated;
}

void EvaluateRun::add(const EvaluatedPicture& evaluated, Result& result) const
{
    result.remarks.add(evaluated.facts);
    result.evaluation.add(evaluated.outcome);
    result.energies.push_back(evaluated.energy);
}

std::optional<std::vector<AskedPicture>> EvaluateRun::askAll(const std::vector<ImageFile>& pictures,
                                                             const std::stop_token& stop)
{
    TerminalProgress terminal(pictures.size());
    std::vector<AskedPicture> all;
    std::size_t done = 0;
    ReadAhead<AskedPicture> asked(
        pictures.size(), picturesAhead, [&](std::size_t index) { return ask(pictures[index].path, Progress(stop)); },
        m_settings.atATime);
    for (const ImageFile& picture : pictures) {
        terminal.begin(done++, picture.relative.generic_string());
        try {
            all.push_back(asked.next());
        } catch (const std::exception& error) {
            terminal.clear();
            if (stop.stop_requested())
                return std::nullopt;
            printError(describe(error, picture.path.string()));
        }
    }
    return all;
}

AskedPicture EvaluateRun::ask(const std::filesystem::path& picture, const Progress& progress) const
{
    progress.throwIfStopped();
    const ModelInput input = preprocess(decodePicture(picture, m_settings.decode), m_settings.preprocess);
    const std::shared_ptr<const Encoding> encoding = m_engine.encode(input, progress);
    return askedOf(*m_engine.decode(encoding, {}, progress), -1);
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
