// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/explain_run.h"

#include <algorithm>
#include <iostream>
#include <utility>

#include "app/cli/console.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/read_ahead.h"
#include "core/dataset/dataset_listing.h"
#include "core/image/picture_address.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t picturesAhead = 4; ///< done and waiting for their turn in the summary
constexpr std::size_t hashDigits = 32;

/// Where the summary of a stopped shard waits for --resume: under its own name it would pass for the whole shard.
fs::path partPath(fs::path summary)
{
    summary += ".part";
    return summary;
}

std::map<std::string, SummarisedPicture> earlierResults(const fs::path& summary)
{
    for (const fs::path& path : {partPath(summary), summary})
        if (fs::exists(path))
            return readSummary(path);
    return {};
}

void printResult(const PlannedPicture& planned, const Decoding& decoding, const ClassTable& table)
{
    if (!decoding.hasLogits()) { // tokens have no scores
        std::cout << oneLine(planned.label) << '\t' << decoding.extent().rows << " x " << decoding.extent().columns
                  << std::endl;
        return;
    }
    const auto best = static_cast<std::size_t>(decoding.ranking().front());
    const int classIndex = decoding.classes()[best];
    std::cout << oneLine(planned.label) << '\t' << classIndex << '\t'
              << oneLine(table.entries[static_cast<std::size_t>(classIndex)].name) << '\t'
              << numberText(decoding.probabilities()[best]) << std::endl;
}

/// Those of the classes that the query names; of a query that names none, one of any class.
bool hasSourceFigures(const PlannedPicture& planned, const ExplainRun::Settings& settings)
{
    const auto isThere = [&](int classIndex) {
        return fs::exists(planned.sourceFigure(classIndex, settings.output.figures));
    };
    const auto isNamed = [](const QueryTerm& term) { return term.kind == QueryTerm::Kind::Index; };
    if (std::ranges::any_of(settings.terms, isNamed))
        return std::ranges::all_of(settings.terms,
                                   [&](const QueryTerm& term) { return !isNamed(term) || isThere(term.number); });
    for (int i = 0; i < settings.table.count(); ++i)
        if (isThere(i))
            return true;
    return false;
}

} // namespace

ExplainRun::ExplainRun(Engine& engine, const SourceChoice& sources, Settings settings)
    : m_engine(engine),
      m_probe(engine),
      m_sources(sources),
      m_settings(std::move(settings)),
      m_writer(*engine.model(), m_settings.table, sources, m_settings.output)
{
}

int ExplainRun::explainAll(const std::vector<PlannedPicture>& pictures, const fs::path& summaryPath,
                           const std::stop_token& stop)
{
    m_tally = {};
    m_earlier = m_settings.resume ? earlierResults(summaryPath) : std::map<std::string, SummarisedPicture>();
    m_summary.emplace(summaryPath, validationEnergies(m_engine.model()->training));
    TerminalProgress terminal(pictures.size());
    {
        ReadAhead<ExplainedPicture> explained(
            pictures.size(), picturesAhead, [&](std::size_t index) { return explain(pictures[index], Progress(stop)); },
            m_settings.atATime);
        for (std::size_t index = 0; index < pictures.size() && !stop.stop_requested(); ++index) {
            const PlannedPicture& planned = pictures[index];
            terminal.begin(index, planned.label);
            try {
                add(planned, explained.next(), terminal);
            } catch (...) {
                fail(planned, std::current_exception(), terminal, stop);
            }
        }
    }
    m_tally.allWorked = m_tally.allWorked && m_tally.done == pictures.size();
    terminal.clear();
    commit(summaryPath, stop.stop_requested());
    printRemarks(m_tally.remarks);
    if (m_tally.kept > 0)
        printError(std::to_string(m_tally.kept) + " pictures were complete and unchanged");
    if (stop.stop_requested())
        printError("stopped after " + std::to_string(m_tally.done) + " of " + std::to_string(pictures.size()) +
                   " pictures");
    return m_tally.allWorked ? ExitSuccess : ExitFailure;
}

ExplainRun::ExplainedPicture ExplainRun::explain(const PlannedPicture& planned, const Progress& progress)
{
    progress.throwIfStopped();
    ExplainedPicture explained;
    explained.hash =
        sha256(sha256OfFile(pictureAddress(planned.input).file) + m_settings.fingerprint + cropText(planned.crop))
            .substr(0, hashDigits);
    explained.isKept = isComplete(planned, explained.hash);
    if (explained.isKept)
        return explained;
    DecodedPicture decoded = decodeWithFacts(planned.input, m_settings.decode);
    decoded.picture = shownPart(std::move(decoded.picture), planned.crop, planned.input);
    explained.facts = decoded.facts;
    const PictureResult result = resultOf(std::move(decoded), progress);
    m_writer.write(planned, result, progress);
    explained.decoding = result.decoding;
    return explained;
}

/// A picture is in the summary when all of its files are written; they may have gone since.
bool ExplainRun::isComplete(const PlannedPicture& planned, const std::string& hash) const
{
    const auto earlier = m_earlier.find(planned.label);
    if (earlier == m_earlier.end() || earlier->second.hash != hash || !fs::exists(planned.arrays()))
        return false;
    if (m_settings.output.figures == "none")
        return true;
    return (!m_sources.has("heads") || fs::exists(planned.figure(0, 0, m_settings.output.figures))) &&
           (m_sources.hasOnlyHeads() || hasSourceFigures(planned, m_settings));
}

PictureResult ExplainRun::resultOf(DecodedPicture decoded, const Progress& progress)
{
    const ModelInput input = preprocess(decoded.picture, m_settings.output.preprocess);
    std::unique_lock probing(m_probing, std::defer_lock);
    if (!m_sources.hasOnlyHeads())
        probing.lock();
    const std::shared_ptr<const Encoding> encoding = m_engine.encode(input, progress);
    const std::shared_ptr<const Decoding> decoding = m_engine.decode(encoding, m_settings.set, progress);
    PictureResult result{std::make_shared<const DecodedPicture>(std::move(decoded)),
                         input.inputSize,
                         input.pictureSize,
                         decoding,
                         queryClasses(m_settings.terms, *decoding),
                         {},
                         {}};
    const SourceSubject subject{result.decoded->picture, m_settings.output.preprocess, input, encoding, decoding};
    result.maps = m_sources.maps(m_engine, m_probe, subject, result.queries.classes, progress);
    const bool showsLastLayer = !m_settings.output.layer || *m_settings.output.layer == decoding->extent().layers - 1;
    if (m_engine.model()->offer.canBlurHeads && showsLastLayer && m_settings.output.figures != "none")
        for (const int classIndex : result.queries.figures)
            result.blurRanks[classIndex] = ranksOf(m_engine.blurHeads(encoding, m_settings.set, classIndex, progress));
    return result;
}

void ExplainRun::add(const PlannedPicture& planned, const ExplainedPicture& explained, TerminalProgress& terminal)
{
    if (explained.isKept) {
        m_summary->addLines(m_earlier.at(planned.label).lines);
        ++m_tally.kept;
    } else {
        m_summary->add(planned.label, *explained.decoding, m_settings.table, explained.facts, explained.hash);
        m_tally.remarks.add(explained.facts);
        ++m_tally.worked;
        terminal.aside([&] { printResult(planned, *explained.decoding, m_settings.table); });
    }
    m_tally.met.insert(planned.label);
    ++m_tally.done;
}

void ExplainRun::fail(const PlannedPicture& planned, const std::exception_ptr& failure, TerminalProgress& terminal,
                      const std::stop_token& stop)
{
    m_tally.allWorked = false;
    if (stop.stop_requested())
        return; // what was on its way is not done
    ++m_tally.done;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        terminal.aside([&] { printError(describe(error, planned.input.string())); });
    }
}

void ExplainRun::commit(const fs::path& summaryPath, bool isStopped)
{
    if (isStopped) // what an earlier run had done stays done
        for (const auto& [picture, summarised] : m_earlier)
            if (!m_tally.met.contains(picture))
                m_summary->addLines(summarised.lines);
    // A mistyped name must not cost the summary of an earlier run.
    const bool isWorthwhile = m_tally.worked + m_tally.kept > 0 || !fs::exists(summaryPath);
    if (isStopped && !m_settings.summaryOfPart) {
        if (m_tally.worked + m_tally.kept > 0 || !fs::exists(partPath(summaryPath))) // nor one that was stopped
            m_summary->keepAs(partPath(summaryPath));
    } else if (isWorthwhile) {
        m_summary->commit();
        std::error_code ignored;
        fs::remove(partPath(summaryPath), ignored);
    }
    m_summary.reset();
}

} // namespace ocellus
