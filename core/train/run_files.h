// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"
#include "core/io/training_checkpoint.h"
#include "core/train/epoch_report.h"

namespace ocellus {

/// The files of one training run in its folder; each appears under its name only when it is whole.
class RunFiles {
public:
    /// Creates the folder. Throws Error(Unreadable).
    explicit RunFiles(std::filesystem::path folder);

    std::filesystem::path checkpoint() const { return m_folder / "checkpoint.pth"; }
    std::filesystem::path bestCheckpoint() const { return m_folder / "best.pth"; }
    std::filesystem::path bestSafetensors() const { return m_folder / "best.safetensors"; }
    std::filesystem::path log() const { return m_folder / "log.jsonl"; }

    /// Removes what a killed run had begun to write.
    void removeLeftovers() const;

    /// A new run does not write over an old one. Throws Error(BadArgument).
    void requireFresh() const;

    /// Throws Error(Unreadable) with what is missing where the disk has no room for the files of a model of that size.
    void requireRoom(std::uintmax_t checkpointBytes, std::uintmax_t otherBytes) const;

    /// best.pth and best.safetensors. To be called before saveCheckpoint: a run that dies between the two repeats the
    /// epoch and writes them again, but never believes in a best file that is not there.
    void saveBest(const TensorSource& model, const TensorSource& moments, const TrainingState& state,
                  const EpochReport& report) const;

    /// checkpoint.pth, then log.jsonl.
    void saveCheckpoint(const TensorSource& model, const TensorSource& moments, const TrainingState& state,
                        const std::vector<EpochReport>& reports) const;

private:
    std::filesystem::path m_folder;
};

} // namespace ocellus
