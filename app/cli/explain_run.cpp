// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/explain_run.h"

#include <algorithm>
#include <iostream>
#include <utility>

#include "app/cli/console.h"
#include "app/cli/offscreen_gui.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/read_ahead.h"
#include "core/base/write_behind.h"
#include "core/dataset/dataset_listing.h"
#include "core/image/picture_address.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t picturesAhead = 2;  ///< read and waiting for the model
constexpr std::size_t picturesBehind = 3; ///< waiting to be drawn and written, or on the way
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
    const OffscreenGui gui;
    m_tally = {};
    m_earlier = m_settings.resume ? earlierResults(summaryPath) : std::map<std::string, SummarisedPicture>();
    m_summary.emplace(summaryPath, validationEnergies(m_engine.model()->training));
    TerminalProgress terminal(pictures.size());
    {
        ReadAhead<ReadPicture> pictureAt(pictures.size(), picturesAhead,
                                         [&](std::size_t index) { return read(pictures[index]); });
        WriteBehind behind(picturesBehind); // all that is said and summed up happens there, in the pictures' order
        for (std::size_t index = 0; index < pictures.size() && !stop.stop_requested(); ++index) {
            const PlannedPicture& planned = pictures[index];
            terminal.begin(index, planned.label);
            try {
                ReadPicture picture = pictureAt.next();
                if (picture.isKept) {
                    behind.add([&] { keep(planned, terminal); });
                    continue;
                }
                const std::string hash = picture.hash;
                behind.add([&, hash, explained = explain(std::move(picture), terminal.progress(stop))] {
                    finish(planned, hash, explained, terminal, stop);
                });
            } catch (...) {
                behind.add([&, failure = std::current_exception()] { fail(planned, failure, terminal, stop); });
            }
        }
    }
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

ExplainRun::ReadPicture ExplainRun::read(const PlannedPicture& planned) const
{
    ReadPicture read;
    read.hash =
        sha256(sha256OfFile(pictureAddress(planned.input).file) + m_settings.fingerprint + cropText(planned.crop))
            .substr(0, hashDigits);
    read.isKept = isComplete(planned, read.hash);
    if (read.isKept)
        return read;
    DecodedPicture decoded = decodeWithFacts(planned.input, m_settings.decode);
    decoded.picture = shownPart(std::move(decoded.picture), planned.crop, planned.input);
    read.decoded = std::make_shared<const DecodedPicture>(std::move(decoded));
    read.input = preprocess(read.decoded->picture, m_settings.output.preprocess);
    return read;
}

/// A picture is in the summary when all of its files are written; they may have gone since.
bool ExplainRun::isComplete(const PlannedPicture& planned, const std::string& hash) const
{
    const auto earlier = m_earlier.find(planned.label);
    if (earlier == m_earlier.end() || earlier->second.hash != hash || !fs::exists(planned.arrays()))
        return false;
    if (m_settings.output.figures == "none")
        return true;
    const bool hasOthers = std::ranges::any_of(
        m_sources.sources(), [](const SourceChoice::Chosen& chosen) { return chosen.traits.id != "heads"; });
    return (!m_sources.has("heads") || fs::exists(planned.figure(0, 0, m_settings.output.figures))) &&
           (!hasOthers || hasSourceFigures(planned, m_settings));
}

PictureResult ExplainRun::explain(ReadPicture read, const Progress& progress)
{
    const std::shared_ptr<const Encoding> encoding = m_engine.encode(read.input, progress);
    const std::shared_ptr<const Decoding> decoding = m_engine.decode(encoding, m_settings.set, progress);
    PictureResult explained{read.decoded, read.input.inputSize, read.input.pictureSize, decoding, {}, {}, {}};
    explained.queries = queryClasses(m_settings.terms, *decoding);
    const SourceSubject subject{read.decoded->picture, m_settings.output.preprocess, read.input, encoding, decoding};
    explained.maps = m_sources.maps(m_engine, m_probe, subject, explained.queries.classes, progress);
    const bool showsLastLayer = !m_settings.output.layer || *m_settings.output.layer == decoding->extent().layers - 1;
    if (m_engine.model()->offer.canBlurHeads && showsLastLayer && m_settings.output.figures != "none")
        for (const int classIndex : explained.queries.figures)
            explained.blurRanks[classIndex] =
                ranksOf(m_engine.blurHeads(encoding, m_settings.set, classIndex, progress));
    return explained;
}

void ExplainRun::finish(const PlannedPicture& planned, const std::string& hash, const PictureResult& explained,
                        TerminalProgress& terminal, const std::stop_token& stop)
{
    try {
        Progress(stop).throwIfStopped();
        m_writer.write(planned, explained, Progress(stop));
        m_summary->add(planned.label, *explained.decoding, m_settings.table, explained.decoded->facts, hash);
        m_tally.met.insert(planned.label);
        m_tally.remarks.add(explained.decoded->facts);
        ++m_tally.worked;
        ++m_tally.done;
        terminal.aside([&] { printResult(planned, *explained.decoding, m_settings.table); });
    } catch (...) {
        fail(planned, std::current_exception(), terminal, stop);
    }
}

void ExplainRun::keep(const PlannedPicture& planned, TerminalProgress& terminal)
{
    try {
        m_summary->addLines(m_earlier.at(planned.label).lines);
        m_tally.met.insert(planned.label);
        ++m_tally.kept;
        ++m_tally.done;
    } catch (...) {
        fail(planned, std::current_exception(), terminal, {});
    }
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
