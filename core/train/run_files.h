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
    explicit RunFiles(std::filesystem::path folder);

    std::filesystem::path checkpoint() const { return m_folder / "checkpoint.pth"; }
    std::filesystem::path bestCheckpoint() const { return m_folder / "best.pth"; }
    std::filesystem::path bestSafetensors() const { return m_folder / "best.safetensors"; }
    /// As Prompt-CAM's released code saves and loads it; of Prompt-CAM only.
    std::filesystem::path bestPromptCam() const { return m_folder / "model.pt"; }
    std::filesystem::path log() const { return m_folder / "log.jsonl"; }

    /// Throws Error(Unreadable).
    void makeFolder() const;

    /// Removes what a run that is no more had begun to write.
    void removeLeftovers() const;

    /// A new run does not write over an old one. Throws Error(BadArgument).
    void requireFresh() const;

    /// There is a run to go on with. Throws Error(NotFound).
    void requireRun() const;

    /// What a checkpoint is made of, in bytes.
    struct Extent {
        std::uintmax_t weights = 0; ///< of the whole network
        std::uintmax_t moments = 0; ///< two of each trained weight
        std::uintmax_t shown = 0;   ///< of the pictures of its prototypes
    };

    /// The most that a run has on the disk at a time: its files, and one being written.
    static std::uintmax_t bytesFor(const Extent& extent);

    /// Throws Error(Unreadable) with what is missing where the disk has no room for what the run will add.
    void requireRoom(const Extent& extent) const;

    /// best.pth, best.safetensors and, of Prompt-CAM, model.pt. To be called before saveCheckpoint: a run that dies
    /// between the two repeats the epoch and writes them again, but never believes in a best file that is not there.
    void saveBest(const TensorSource& model, const TensorSource& moments, const TrainingState& state,
                  const EpochReport& report) const;

    /// log.jsonl, then checkpoint.pth: lines of an epoch whose checkpoint was never finished are not read again.
    void saveCheckpoint(const TensorSource& model, const TensorSource& moments, const TrainingState& state,
                        const std::vector<EpochReport>& reports) const;

private:
    std::filesystem::path m_folder;
};

} // namespace ocellus
