// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_status.h"

#include <algorithm>
#include <array>
#include <span>
#include <system_error>

#include <nlohmann/json.hpp>

#include "core/io/atomic_file.h"
#include "core/io/input_file.h"
#include "core/io/strict_json.h"

namespace ocellus {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 9> phases{"waiting", "reading", "features", "training", "validating",
                                                 "maps",    "done",    "stopped",  "failed"};
constexpr std::uint64_t mostBytes = 100'000;
constexpr int mostEpochs = 1'000'000;

RunPhase phaseOf(const StrictJson& reader, const std::string& name)
{
    const auto found = std::ranges::find(phases, name);
    if (found == phases.end())
        reader.fail("expected the phase of a run, got \"" + name.substr(0, 80) + "\"");
    return static_cast<RunPhase>(found - phases.begin());
}

std::int64_t wholeNumber(const StrictJson& reader, const Json& value, const char* what)
{
    if (!value.is_number_integer())
        reader.fail(std::string("expected a whole number as ") + what);
    return value.get<std::int64_t>();
}

} // namespace

std::string_view toString(RunPhase phase)
{
    return phases[static_cast<std::size_t>(phase)];
}

std::filesystem::path runStatusFile(const std::filesystem::path& run)
{
    return run / "status.json";
}

std::filesystem::path stopRequestFile(const std::filesystem::path& run)
{
    return run / "stop-after-epoch";
}

void writeRunStatus(const std::filesystem::path& run, const RunStatus& status)
{
    const Json json = {
        {"phase", toString(status.phase)}, {"host", status.host},         {"process", status.process},
        {"seconds", status.seconds},       {"fraction", status.fraction}, {"epoch", status.epoch},
        {"epochs", status.epochs},         {"loss", status.loss},         {"seconds_left", status.secondsLeft},
        {"message", status.message}};
    writeFileAtomically(runStatusFile(run), json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

std::optional<RunStatus> readRunStatus(const std::filesystem::path& run)
{
    const std::filesystem::path path = runStatusFile(run);
    std::error_code unknown;
    if (!std::filesystem::exists(path, unknown))
        return std::nullopt;
    const StrictJson reader(path.string());
    const InputFile file(path);
    if (file.size() > mostBytes)
        reader.failTooLarge("expected at most " + std::to_string(mostBytes) + " bytes, got " +
                            std::to_string(file.size()));
    std::string text(file.size(), '\0');
    file.readAt(0, std::as_writable_bytes(std::span(text)));
    const Json json = reader.parsed(text, 2, 100);
    reader.requireKeys(
        json, "the status of a run",
        {"phase", "host", "process", "seconds", "fraction", "epoch", "epochs", "loss", "seconds_left", "message"});
    RunStatus status;
    status.phase = phaseOf(reader, reader.text(json["phase"], "phase", 100));
    status.host = reader.text(json["host"], "host", 1'000);
    status.process = wholeNumber(reader, json["process"], "process");
    status.seconds = wholeNumber(reader, json["seconds"], "seconds");
    status.fraction = reader.number(json["fraction"], "fraction");
    status.epoch = reader.integer(json["epoch"], "epoch", 0, mostEpochs);
    status.epochs = reader.integer(json["epochs"], "epochs", 0, mostEpochs);
    // A loss that grew beyond all numbers is written as null.
    status.loss = json["loss"].is_null() ? 0 : reader.number(json["loss"], "loss");
    status.secondsLeft = json["seconds_left"].is_null() ? 0 : reader.number(json["seconds_left"], "seconds_left");
    status.message = reader.text(json["message"], "message", mostBytes);
    return status;
}

} // namespace ocellus
