// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/rank_environment.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <limits>

#include "core/base/error.h"

namespace ocellus {
namespace {

/// How one launcher calls the three numbers.
struct Launcher {
    const char* rank;
    const char* ranks;
    const char* localRank;
};

/// Open MPI before Slurm: mpirun inside a Slurm job sets both, and means its own.
constexpr std::array launchers = {
    Launcher{"RANK", "WORLD_SIZE", "LOCAL_RANK"},
    Launcher{"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK"},
    Launcher{"SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID"},
};

constexpr int defaultPort = 29500; // as in PyTorch
constexpr int mostRanks = 65536;

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

int number(const char* name, int least, int most)
{
    const std::string text = variable(name);
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size() || value < least || value > most)
        throw Error(ErrorCode::BadArgument, name,
                    "expected a number from " + std::to_string(least) + " to " + std::to_string(most) + ", got " +
                        (text.empty() ? "nothing" : "\"" + text + "\""),
                    "Start the processes with torchrun, srun or mpirun, or unset the variables that they set");
    return value;
}

int numberOr(const char* name, int least, int most, int otherwise)
{
    return variable(name).empty() ? otherwise : number(name, least, most);
}

void readMeetingPlace(RankEnvironment& environment)
{
    environment.masterAddress = variable("MASTER_ADDR");
    if (environment.masterAddress.empty())
        throw Error(ErrorCode::BadArgument, "MASTER_ADDR",
                    "expected the address of the machine of rank 0 for " + environment.name() + ", got nothing",
                    "Set it for all processes, or WORLD_SIZE=1 for a process that trains alone");
    environment.masterPort =
        static_cast<std::uint16_t>(numberOr("MASTER_PORT", 1, std::numeric_limits<std::uint16_t>::max(), defaultPort));
    environment.joinLimit = std::chrono::seconds(numberOr("OCELLUS_JOIN_SECONDS", 1, 86400, 300));
    if (variable("TORCHELASTIC_USE_AGENT_STORE") == "True")
        environment.sharedPrefix = "ocellus/" + variable("TORCHELASTIC_RESTART_COUNT");
}

} // namespace

RankEnvironment readRankEnvironment()
{
    RankEnvironment environment;
    for (const Launcher& launcher : launchers) {
        if (variable(launcher.rank).empty() && variable(launcher.ranks).empty())
            continue;
        environment.ranks = number(launcher.ranks, 1, mostRanks);
        if (environment.ranks == 1)
            return {};
        environment.rank = number(launcher.rank, 0, environment.ranks - 1);
        environment.localRank = numberOr(launcher.localRank, 0, mostRanks, 0);
        readMeetingPlace(environment);
        return environment;
    }
    return environment;
}

} // namespace ocellus
