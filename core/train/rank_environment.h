// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace ocellus {

/// Which of the processes that train together this one is, as its launcher says by environment variables.
struct RankEnvironment {
    int rank = 0;
    int ranks = 1;
    int localRank = 0;         ///< among the processes of this machine; its GPU
    std::string masterAddress; ///< of the machine of rank 0; empty for a process alone
    std::uint16_t masterPort = 0;
    std::string sharedPrefix; ///< torchrun serves the meeting place itself: our part of its keys; empty: rank 0 serves
    std::chrono::seconds joinLimit{300}; ///< for all to meet

    /// The one that reports and writes the run's files.
    bool isLeader() const { return rank == 0; }
    /// "rank 1 of 4"
    std::string name() const { return "rank " + std::to_string(rank) + " of " + std::to_string(ranks); }
};

/// From RANK, WORLD_SIZE and LOCAL_RANK (torchrun), else Open MPI's or Slurm's own variables, and MASTER_ADDR,
/// MASTER_PORT (without it 29500) and OCELLUS_JOIN_SECONDS. A process alone where none is set or the size is 1.
/// Throws Error(BadArgument) that names the variable.
RankEnvironment readRankEnvironment();

} // namespace ocellus
