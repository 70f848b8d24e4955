// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_command.h"

#include <filesystem>
#include <iostream>
#include <utility>

#include <nlohmann/json.hpp>

#include "app/cli/console.h"
#include "app/cli/engine_options.h"
#include "app/cli/session_run.h"
#include "app/cli/terminal_progress.h"
#include "core/base/error.h"
#include "core/data/class_matching.h"
#include "core/session/result_check.h"
#include "core/session/session_files.h"
#include "core/session/session_reader.h"
#include "core/session/session_writer.h"
#include "core/session/stored_result.h"

namespace ocellus {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// Goes through the results of a session and prints them.
class SessionPrinter {
public:
    SessionPrinter(Engine& engine, Session& session, ClassTable table)
        : m_run(engine, session),
          m_session(session),
          m_table(std::move(table))
    {
    }

    /// Replaces each of the session's results by what is got now, where that works.
    void runAll(bool asText, const std::stop_token& stop)
    {
        TerminalProgress terminal(m_session.results.size());
        for (std::size_t i = 0; i < m_session.results.size() && !stop.stop_requested(); ++i) {
            terminal.begin(i, pictureName(i));
            try {
                const std::shared_ptr<const Decoding> decoding = m_run.decode(i, terminal.progress(stop));
                terminal.clear();
                take(i, *decoding, asText);
            } catch (const std::exception& error) {
                terminal.clear();
                ++m_failures;
                printError(stop.stop_requested() ? "stopped" : resultName(i) + ": " + describe(error, "the result"));
            }
        }
    }

    /// The tests of maps, which take much longer, done again and compared.
    void runEvidence(bool asText, const std::stop_token& stop)
    {
        TerminalProgress terminal(m_session.evidence.size());
        for (std::size_t i = 0; i < m_session.evidence.size() && !stop.stop_requested(); ++i) {
            terminal.begin(i, evidenceName(i));
            try {
                const std::optional<Finding> got = m_run.find(i, terminal.progress(stop));
                terminal.clear();
                if (!got)
                    throw Error(ErrorCode::Mismatch, "the test", "expected a map that can be tested");
                const Finding& stored = m_session.evidence[i].finding;
                m_check.compare(i, stored, *got);
                if (asText)
                    std::cout << oneLine(evidenceName(i)) << '\t' << numberText(static_cast<float>(got->value)) << '\t'
                              << "p " << numberText(static_cast<float>(got->p)) << '\t' << "n " << got->nulls.size()
                              << std::endl;
            } catch (const std::exception& error) {
                terminal.clear();
                ++m_failures;
                printError(stop.stop_requested() ? "stopped" : evidenceName(i) + ": " + describe(error, "the test"));
            }
        }
    }

    const ResultCheck& check() const { return m_check; }
    std::size_t failures() const { return m_failures; }
    const Json& results() const { return m_results; }

    std::string resultName(std::size_t index) const
    {
        return pictureName(index) + ", " + state(index) + ", " + limitText(m_session.results[index].set);
    }

    std::string evidenceName(std::size_t index) const
    {
        const StoredEvidence& evidence = m_session.evidence[index];
        const auto picture = static_cast<std::size_t>(evidence.picture);
        return m_session.pictures[picture].file.path.filename().string() + ", class " +
               std::to_string(evidence.classIndex) + ", " + toString(evidence.map) + ", " +
               std::string(toString(evidence.finding.test));
    }

private:
    std::string pictureName(std::size_t index) const
    {
        const auto picture = static_cast<std::size_t>(m_session.results[index].picture);
        return m_session.pictures[picture].file.path.filename().string();
    }

    std::string state(std::size_t index) const { return m_run.isEdited(index) ? "edited" : "original"; }

    static std::string limitText(const QuerySet& set)
    {
        std::string text(toString(set.mode));
        for (std::size_t i = 0; i < set.active.size(); ++i)
            text += (i == 0 ? " " : ",") + std::to_string(set.active[i]);
        return text;
    }

    void take(std::size_t index, const Decoding& decoding, bool asText)
    {
        StoredResult& stored = m_session.results[index];
        StoredResult got = storedResult(stored.picture, {}, decoding, stored.classIndex, stored.layer);
        got.edits = stored.edits;
        m_check.compare(index, stored, got, decoding.classes());
        stored = std::move(got);
        if (asText)
            printLine(index, decoding);
        else
            addJson(index, decoding);
    }

    void printLine(std::size_t index, const Decoding& decoding) const
    {
        const auto best = static_cast<std::size_t>(decoding.ranking().front());
        const int classIndex = decoding.classes()[best];
        std::cout << oneLine(pictureName(index)) << '\t' << state(index) << '\t'
                  << limitText(m_session.results[index].set) << '\t' << classIndex << '\t'
                  << oneLine(m_table.entries[static_cast<std::size_t>(classIndex)].name) << '\t'
                  << numberText(decoding.logits()[best]) << '\t' << numberText(decoding.probabilities()[best])
                  << std::endl;
    }

    void addJson(std::size_t index, const Decoding& decoding)
    {
        const StoredResult& result = m_session.results[index];
        const auto picture = static_cast<std::size_t>(result.picture);
        m_results.push_back({{"picture", m_session.pictures[picture].file.path.string()},
                             {"edited", m_run.isEdited(index)},
                             {"mode", toString(result.set.mode)},
                             {"active", result.set.active},
                             {"classes", decoding.classes()},
                             {"logits", result.logits},
                             {"probabilities", decoding.probabilities()},
                             {"class", result.classIndex},
                             {"layer", result.layer + 1},
                             {"peakAttention", result.peakAttention},
                             {"peakScore", result.peakScore}});
    }

    SessionRun m_run;
    Session& m_session;
    ClassTable m_table;
    ResultCheck m_check;
    std::size_t m_failures = 0;
    Json m_results = Json::array();
};

/// The session with its files where they are. Throws Error where one is not.
Session openSession(const RunOptions& options, const Progress& progress)
{
    Session session = readSession(options.session);
    if (!options.relink.empty()) {
        const std::size_t found = relink(session, options.relink, progress);
        std::cerr << "found below " << oneLine(options.relink) << ": " << found << " files\n";
    }
    requireFound(filesOf(session, progress),
                 "Name the folder where they are now with --relink; only files with the same content are taken");
    if (!session.model || session.results.empty())
        throw Error(ErrorCode::Unsupported, options.session, "expected a session with a model and numbers, got none",
                    "Save it again after a picture was shown");
    return session;
}

ClassTable classTable(const Session& session, const ModelDescription& model)
{
    if (!session.classes)
        return classesOfCheckpoint(model.classNames, model.offer.classes);
    ClassTable table = readClassTable(session.classes->path);
    requireCount(table, model.offer.classes);
    return withNamesOfCheckpoint(std::move(table), model.classNames);
}

std::string verdict(const ResultCheck& check)
{
    if (check.numbers() == 0)
        return "nothing was compared";
    const std::string count = std::to_string(check.numbers()) + " numbers";
    if (check.equalBitForBit())
        return count + ": equal bit for bit";
    const std::string largest = "the largest difference is " + numberText(static_cast<float>(check.largest()));
    if (check.agrees())
        return count + ": equal within 1e-4, " + largest;
    return count + ": " + std::to_string(check.differing()) + " differ by more than 1e-4, " + largest;
}

Json checkAsJson(const ResultCheck& check)
{
    Json differences = Json::array();
    for (const ResultCheck::Difference& difference : check.first())
        differences.push_back({{difference.isEvidence ? "evidence" : "result", difference.result},
                               {"what", difference.what},
                               {"stored", difference.stored},
                               {"got", difference.got}});
    return {{"agrees", check.agrees()},   {"equal_bit_for_bit", check.equalBitForBit()},
            {"numbers", check.numbers()}, {"differing", check.differing()},
            {"largest", check.largest()}, {"first", differences}};
}

void printCheck(const SessionPrinter& printer)
{
    for (const ResultCheck::Difference& difference : printer.check().first())
        printError(
            (difference.isEvidence ? printer.evidenceName(difference.result) : printer.resultName(difference.result)) +
            ": " + difference.what + ": stored " + numberText(static_cast<float>(difference.stored)) + ", got " +
            numberText(static_cast<float>(difference.got)));
    std::cout << verdict(printer.check()) << std::endl;
}

void printJson(const RunOptions& options, const SessionPrinter& printer)
{
    Json document = {{"session", options.session}, {"results", printer.results()}};
    if (options.check)
        document["check"] = checkAsJson(printer.check());
    std::cout << document.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

} // namespace

CLI::App* addRunCommand(CLI::App& app, RunOptions& options)
{
    CLI::App* command = app.add_subcommand("run", "Compute the numbers of a session again");
    command->add_option("session", options.session, "The session: .ocellus")->required();
    command->add_flag(
        "--check", options.check,
        "Compare with the stored numbers, and do tests of maps again: exit code 0 where all are within 1e-4");
    command->add_flag("--json", options.json, "For programs, with all numbers");
    command->add_option("--relink", options.relink, "A folder to look in for files that are missing");
    command->add_option("--write", options.write, "Write the session again, with these numbers and files");
    addEngineOptions(*command, options.engine);
    command->footer("Prints a line for each result: picture, original or edited, limit, best class, name, logit and\n"
                    "probability. Missing and changed files are named all at once, and nothing is computed then.");
    return command;
}

int runSession(const RunOptions& options, const std::stop_token& stop)
{
    if (!options.write.empty() && !options.engine.stateDict.empty())
        throw Error(ErrorCode::BadArgument, "--write",
                    "a session names a checkpoint, not a state dict in it: expected none with --state",
                    "Take the state dict out with ocellus-cli convert --state, and make the session with that file");
    Session session = openSession(options, Progress(stop));
    EngineOptions engineOptions = options.engine;
    engineOptions.model = session.model->given;
    Engine engine(engineOptions);
    const ModelDescription& model = engine.open(session.model->path, Progress(stop));
    SessionPrinter printer(engine, session, classTable(session, model));
    printer.runAll(!options.json, stop);
    if (options.check)
        printer.runEvidence(!options.json, stop);
    if (options.json)
        printJson(options, printer);
    else if (options.check)
        printCheck(printer);
    if (printer.failures() > 0 || stop.stop_requested())
        return ExitFailure;
    if (!options.write.empty()) {
        session.program = OCELLUS_VERSION;
        writeSession(options.write, session);
    }
    return !options.check || printer.check().agrees() ? ExitSuccess : ExitFailure;
}

} // namespace ocellus
