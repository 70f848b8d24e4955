// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_files.h"

#include "core/base/error.h"
#include "core/io/safetensors_writer.h"
#include "core/train/train_args.h"
#include "core/train/training_log.h"

namespace ocellus {

RunFiles::RunFiles(std::filesystem::path folder) : m_folder(std::move(folder))
{
    std::error_code failure;
    std::filesystem::create_directories(m_folder, failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, m_folder.string(), "the folder cannot be made: " + failure.message());
}

void RunFiles::removeLeftovers() const
{
    std::error_code ignored;
    for (const std::filesystem::directory_entry& entry : std::filesystem::directory_iterator(m_folder, ignored))
        if (entry.path().filename().string().find(".part") != std::string::npos && entry.is_regular_file(ignored))
            std::filesystem::remove(entry.path(), ignored);
}

void RunFiles::requireFresh() const
{
    if (std::filesystem::exists(checkpoint()))
        throw Error(ErrorCode::BadArgument, m_folder.string(),
                    "expected no earlier run here, got " + checkpoint().filename().string(),
                    "Go on with it by --resume, or choose another --out");
}

void RunFiles::requireRoom(std::uintmax_t checkpointBytes, std::uintmax_t otherBytes) const
{
    // checkpoint.pth and best.pth, each with its temporary twin, and best.safetensors.
    const std::uintmax_t needed = 4 * checkpointBytes + checkpointBytes / 3 + otherBytes;
    std::error_code failure;
    const std::filesystem::space_info space = std::filesystem::space(m_folder, failure);
    constexpr std::uintmax_t megabyte = 1'000'000;
    if (!failure && space.available < needed)
        throw Error(ErrorCode::Unreadable, m_folder.string(),
                    "expected " + std::to_string(needed / megabyte) + " MB of free disk, got " +
                        std::to_string(space.available / megabyte) + " MB",
                    "Make room, or choose another --out");
}

void RunFiles::saveBest(const TensorSource& model, const TensorSource& moments, const TrainingState& state,
                        const EpochReport& report) const
{
    writeTrainingCheckpoint(bestCheckpoint(), model, moments, state);
    writeSafetensors(bestSafetensors(), model, DType::Float32, trainMetadata(state.args, report));
}

void RunFiles::saveCheckpoint(const TensorSource& model, const TensorSource& moments, const TrainingState& state,
                              const std::vector<EpochReport>& reports) const
{
    writeTrainingCheckpoint(checkpoint(), model, moments, state);
    writeTrainingLog(log(), reports);
}

} // namespace ocellus
