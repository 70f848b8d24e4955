// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluate_run.h"

#include <chrono>
#include <utility>

#include "app/cli/console.h"
#include "core/analysis/unusualness.h"
#include "core/base/hash.h"
#include "core/base/read_ahead.h"
#include "core/dataset/dataset_listing.h"
#include "core/evaluation/evaluation_report.h"
#include "core/image/picture_address.h"
#include "core/io/atomic_file.h"

namespace ocellus {

namespace {

constexpr std::size_t picturesAhead = 4; ///< waiting for their turn
constexpr std::size_t hashDigits = 32;

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
    csv.write(evaluatedPicturesHeader());
    TerminalProgress terminal(pictures.size());
    Result result;
    std::string lines, ledger; // written at the end: a full disk is no fault of a picture
    std::set<std::string> met;
    std::size_t done = 0;
    const Clock::time_point start = Clock::now();
    ReadAhead<ReadyPicture> ready(
        pictures.size(), picturesAhead, [&](std::size_t index) { return makeReady(pictures[index], Progress(stop)); },
        m_settings.atATime);
    for (const LabelledPicture& picture : pictures) {
        const std::string name = picture.file.relative.generic_string();
        terminal.begin(done++, name);
        try {
            const EvaluatedPicture evaluated = evaluate(picture, ready.next(), terminal, stop, result);
            lines += evaluatedPictureLine(picture, evaluated.outcome, m_settings.table);
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

EvaluateRun::ReadyPicture EvaluateRun::makeReady(const LabelledPicture& picture, const Progress& progress) const
{
    progress.throwIfStopped();
    ReadyPicture ready{read(picture), {}};
    if (m_measures.empty())
        ready.answered = answer(picture, ready.read, progress);
    return ready;
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
    read.prepared = prepare(picture, m_settings.asking);
    return read;
}

EvaluateRun::AnsweredPicture EvaluateRun::answer(const LabelledPicture& picture, const ReadPicture& read,
                                                 const Progress& progress) const
{
    if (read.isKept)
        return {m_earlier.at(picture.file.relative.generic_string()), nullptr, nullptr};
    const std::shared_ptr<const Encoding> encoding = m_engine.encode(read.prepared.input, progress);
    const std::shared_ptr<const Decoding> decoding = m_engine.decode(encoding, {}, progress);
    return {
        {outcomeOf(decoding->logits(), picture.classIndex), energy(decoding->logits()), read.prepared.facts, read.hash},
        encoding,
        decoding};
}

EvaluatedPicture EvaluateRun::evaluate(const LabelledPicture& picture, ReadyPicture ready, TerminalProgress& terminal,
                                       const std::stop_token& stop, Result& result)
{
    const Progress progress = terminal.progress(stop);
    progress.at(Stage::Preprocess, 1.0);
    if (!ready.answered)
        ready.answered = answer(picture, ready.read, progress);
    const AnsweredPicture& answered = *ready.answered;
    add(answered.evaluated, result);
    if (!answered.decoding) {
        ++result.kept;
        return answered.evaluated;
    }
    result.asked.push_back(askedOf(*answered.decoding, picture.classIndex));
    result.names.push_back(picture.file.relative.generic_string());
    if (answered.evaluated.outcome.isCorrect())
        measure({picture, ready.read.prepared.input, answered.encoding, answered.decoding}, terminal, progress, result);
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
        pictures.size(), picturesAhead,
        [&](std::size_t index) {
            AskedPicture one = ask(m_engine, {pictures[index], -1}, m_settings.asking, Progress(stop));
            energy(one.logits); // throws for what is not finite, of which no threshold can be found
            return one;
        },
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

NamedPictures EvaluateRun::Result::namedBy(const ClassTable& table) const
{
    NamedPictures named{table, names, {}};
    for (const AskedPicture& picture : asked)
        named.asked.push_back(&picture);
    return named;
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

} // namespace ocellus
