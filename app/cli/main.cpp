// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>

#include "app/cli/bench_command.h"
#include "app/cli/console.h"
#include "app/cli/convert_command.h"
#include "app/cli/dataset_command.h"
#include "app/cli/edit_experiment_command.h"
#include "app/cli/evaluate_command.h"
#include "app/cli/explain_command.h"
#include "app/cli/faithfulness_command.h"
#include "app/cli/inspect_command.h"
#include "app/cli/interrupt_watcher.h"
#include "app/cli/merge_summaries_command.h"
#include "app/cli/predict_command.h"
#include "app/cli/project_command.h"
#include "app/cli/run_command.h"
#include "app/cli/sanity_command.h"
#include "app/cli/specimens_command.h"
#include "app/cli/train_command.h"
#include "app/start/prepare_to_compute.h"
#include "core/base/error.h"

namespace {

using namespace ocellus;

/// As a shell would take it: in single quotes where a character in it means something to one.
std::string quoted(const std::string& argument)
{
    if (argument.find_first_of(" \t\n\"'$\\*?&|;<>()`") == std::string::npos)
        return argument;
    std::string text = "'";
    for (const char character : argument)
        text += character == '\'' ? std::string("'\\''") : std::string(1, character);
    return text + "'";
}

/// The whole command, for what a training run says about itself.
std::string commandText(int argc, char** argv)
{
    std::string text = "ocellus-cli";
    for (int i = 1; i < argc; ++i)
        text += " " + quoted(argv[i]);
    return text;
}

int parseAndRun(int argc, char** argv, const std::stop_token& stop)
{
    CLI::App app("Where each class query of an INTR model looks in a picture", "ocellus-cli");
    app.set_version_flag("--version", "ocellus-cli " OCELLUS_VERSION);
    app.require_subcommand(0, 1);
    InspectOptions inspectOptions;
    ExplainOptions explainOptions;
    BenchOptions benchOptions;
    EvaluateOptions evaluateOptions;
    EditExperimentOptions experimentOptions;
    ConvertOptions convertOptions;
    TrainCommandOptions trainOptions;
    DatasetOptions specimensOptions;
    DatasetCommandOptions datasetOptions;
    PredictOptions predictOptions;
    ProjectOptions projectOptions;
    MergeSummariesOptions mergeOptions;
    RunOptions runOptions;
    FaithfulnessOptions faithfulnessOptions;
    SanityOptions sanityOptions;
    const CLI::App* inspect = addInspectCommand(app, inspectOptions);
    const CLI::App* explain = addExplainCommand(app, explainOptions);
    const CLI::App* bench = addBenchCommand(app, benchOptions);
    const CLI::App* evaluate = addEvaluateCommand(app, evaluateOptions);
    const CLI::App* experiment = addEditExperimentCommand(app, experimentOptions);
    const CLI::App* convert = addConvertCommand(app, convertOptions);
    const CLI::App* train = addTrainCommand(app, trainOptions);
    const CLI::App* dataset = addDatasetCommand(app, datasetOptions);
    const CLI::App* predict = addPredictCommand(app, predictOptions);
    const CLI::App* project = addProjectCommand(app, projectOptions);
    const CLI::App* specimens = addSpecimensCommand(app, specimensOptions);
    const CLI::App* mergeSummaries = addMergeSummariesCommand(app, mergeOptions);
    const CLI::App* run = addRunCommand(app, runOptions);
    const CLI::App* faithfulness = addFaithfulnessCommand(app, faithfulnessOptions);
    const CLI::App* sanity = addSanityCommand(app, sanityOptions);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) { // --help or --version
        return app.exit(asked);
    } catch (const CLI::ParseError& error) {
        printError(std::string(error.what()) + ". See ocellus-cli --help, or --help after a command");
        return ExitBadOptions;
    }
    if (app.got_subcommand(inspect))
        return runInspect(inspectOptions, stop);
    if (app.got_subcommand(explain))
        return runExplain(explainOptions, stop);
    if (app.got_subcommand(bench))
        return runBench(benchOptions, stop);
    if (app.got_subcommand(evaluate))
        return runEvaluate(evaluateOptions, stop);
    if (app.got_subcommand(experiment))
        return runEditExperiment(experimentOptions, stop);
    if (app.got_subcommand(convert))
        return runConvert(convertOptions, stop);
    if (app.got_subcommand(train))
        return runTrain(trainOptions, commandText(argc, argv), stop);
    if (app.got_subcommand(dataset))
        return runDataset(datasetOptions, stop);
    if (app.got_subcommand(predict))
        return runPredict(predictOptions, stop);
    if (app.got_subcommand(project))
        return runProject(projectOptions, stop);
    if (app.got_subcommand(specimens))
        return runSpecimens(specimensOptions, stop);
    if (app.got_subcommand(mergeSummaries))
        return runMergeSummaries(mergeOptions);
    if (app.got_subcommand(run))
        return runSession(runOptions, stop);
    if (app.got_subcommand(faithfulness))
        return runFaithfulness(faithfulnessOptions, stop);
    if (app.got_subcommand(sanity))
        return runSanity(sanityOptions, stop);
    throw Error(ErrorCode::BadArgument, "command", "expected one, got none", "See ocellus-cli --help");
}

int runReported(int argc, char** argv, const std::stop_token& stop)
{
    try {
        const int code = parseAndRun(argc, argv, stop);
        if (std::cout.flush())
            return code;
        printError("stdout: cannot write the results");
    } catch (const Error& error) {
        printError(error.what());
        return error.code() == ErrorCode::BadArgument ? ExitBadOptions : ExitFailure;
    } catch (const std::exception& error) {
        printError(describe(error, "ocellus-cli"));
    }
    return ExitFailure;
}

} // namespace

int main(int argc, char** argv)
{
    ocellus::prepareToCompute(argv);
    // A reader of stdout that goes away is an error to report, not a reason to leave files half written.
    std::signal(SIGPIPE, SIG_IGN);
    const InterruptWatcher interrupts;
    const int code = runReported(argc, argv, interrupts.stopToken());
    return interrupts.signalNumber() == 0 || code == ExitSuccess ? code : 128 + interrupts.signalNumber();
}
