// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "tools/specimens/individual.h"
#include "tools/specimens/species.h"
#include "tools/specimens/specimen.h"

namespace ocellus {

/// Which butterflies to draw.
struct DatasetOptions {
    std::filesystem::path out;
    int species = 12;
    int train = 200; ///< pictures a species
    int val = 50;
    bool closeUps = false; ///< cut out of the pictures of train and val besides
    int redrawn = 0;       ///< of each species' first pictures of `val`, drawn again with the ring partner's marks
    std::uint64_t seed = 1;
    int side = 384; ///< of the pictures, in pixels
    int threads = 2;
};

/// Draws a data set: `train|val/SPECIES/0001.jpg` and `redrawn/SPECIES/0001.as.PARTNER.jpg`, with masks (PNG) and
/// parameters (JSON) under the same names below `masks/` and `parameters/`, where asked for
/// `close-ups/train|val/SPECIES/ORIGIN-0001-1.jpg`, `rings.csv` and, when all is
/// there, `species.json`. A picture's bytes depend on seed, split, species, number and side alone.
class DatasetWriter {
public:
    /// How many of the `files` pictures are done, and the one that was; called from any thread, one call at a time.
    using Report = std::function<void(std::size_t done, const std::string& name)>;

    /// Throws Error(BadArgument) for options out of range and for a folder that holds anything.
    explicit DatasetWriter(DatasetOptions options);

    std::size_t pictures() const { return m_jobs.size(); }

    /// Throws Error: Unreadable where a file cannot be written, Cancelled.
    void write(const std::stop_token& stop, const Report& report) const;

private:
    /// One picture.
    struct Job {
        Origin origin;
        bool isRedrawn = false;
    };

    void planJobs();
    std::string draw(const Job& job) const;
    std::string drawRedrawn(const Job& job) const;
    void writeCloseUps(const Individual& individual, const Specimen& specimen) const;
    void makeFolders() const;
    std::string nameOf(int species) const;

    DatasetOptions m_options;
    std::vector<Species> m_species;
    std::vector<Job> m_jobs;
};

} // namespace ocellus
